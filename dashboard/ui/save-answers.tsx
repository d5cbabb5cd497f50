import type { Survey } from "../../shared/schema/survey.ts";
import { responsesPath } from "../data/api-paths.ts";
import { separatorHere } from "../i18n/separator.ts";
import { t } from "../i18n/translate.ts";
import { SaveFile } from "./save-file.tsx";

type Props = {
  survey: Survey;
  /** What is shown: the file holds the answers of the same days and filters. */
  query: URLSearchParams | Record<string, string>;
};

const makers = () => import("../files/answers-file.ts");

/** Saves the answers that stand behind what is shown, as a workbook or as a CSV for the spreadsheet of the reader's language. */
export function SaveAnswers({ survey, query }: Props) {
  const path = responsesPath(survey.id, query);
  const name = `responses-${survey.id}`;
  return (
    <>
      <SaveFile
        label={t("save_xlsx")}
        name={`${name}.xlsx`}
        fetchContent={async (progress) => (await makers()).answersXlsx(path, survey, t("responses"), progress)}
      />
      <SaveFile
        label={t("save_answers")}
        name={`${name}.csv`}
        fetchContent={async (progress) => (await makers()).answersCsv(path, separatorHere(), progress)}
      />
    </>
  );
}
