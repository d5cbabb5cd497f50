import { cut, fetchFile } from "../data/api.ts";
import { responsesPath } from "../data/api-paths.ts";
import { rowCounter } from "../files/count-rows.ts";
import { separatorHere } from "../i18n/separator.ts";
import { t } from "../i18n/translate.ts";
import { SaveFile } from "./save-file.tsx";

type Props = {
  survey: string;
  /** What is shown: the file holds the answers of the same days and filters. */
  query: URLSearchParams | Record<string, string>;
};

/** Saves the answers that stand behind what is shown as a CSV, for the spreadsheet of the reader's language. */
export function SaveAnswers({ survey, query }: Props) {
  return (
    <SaveFile
      label={t("save_answers")}
      name={`responses-${survey}.csv`}
      type="text/csv"
      fetchContent={async (signal, onCount) => {
        const wanted = new URLSearchParams(query);
        if (separatorHere() === ";") wanted.set("separator", "semicolon");
        const count = rowCounter();
        const onPart = (part: Uint8Array) => onCount(count(part));
        const file = await fetchFile(responsesPath(survey, wanted), "text/csv", { signal, onPart });
        // A proxy may end what was cut as if it were whole; the last line then lacks its end.
        return file.ok && (await file.value.slice(-1).text()) !== "\n" ? cut : file;
      }}
    />
  );
}
