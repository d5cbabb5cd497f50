import { useSignal } from "@preact/signals";
import { fetchFile } from "../data/api.ts";
import { responsesPath } from "../data/api-paths.ts";
import { saveFile } from "../files/save-file.ts";
import { reasonOf } from "../i18n/error-messages.ts";
import { separatorHere } from "../i18n/separator.ts";
import { t } from "../i18n/translate.ts";

type Props = {
  survey: string;
  /** What is shown: the file holds the answers of the same days and filters. */
  query: URLSearchParams | Record<string, string>;
};

/** Saves the answers that stand behind what is shown as a CSV, for the spreadsheet of the reader's language. */
export function SaveAnswers({ survey, query }: Props) {
  const busy = useSignal(false);
  const failed = useSignal<string | null>(null);
  const save = async () => {
    if (busy.value) return;
    busy.value = true;
    const wanted = new URLSearchParams(query);
    if (separatorHere() === ";") wanted.set("separator", "semicolon");
    const reply = await fetchFile(responsesPath(survey, wanted), "text/csv");
    busy.value = false;
    failed.value = reply.ok ? null : reasonOf(reply.refusal);
    if (reply.ok) saveFile(`responses-${survey}.csv`, "text/csv", reply.value);
  };
  return (
    <>
      <button type="button" aria-disabled={busy.value} onClick={save}>
        {t("save_answers")}
      </button>
      {failed.value && (
        <p class="fault" role="alert">
          {failed.value}
        </p>
      )}
    </>
  );
}
