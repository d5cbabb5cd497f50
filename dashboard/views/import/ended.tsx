import { UnreadableFile } from "../../../shared/imports/text.ts";
import type { Ending } from "../../data/send-parts.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { reasonText } from "./reasons.ts";

/** Why a check or an import has not come to the end of the file. */
export function Ended({ ending }: { ending: Ending }) {
  if (ending.how === "done") return null;
  if (ending.how === "stopped")
    return (
      <p class="note" role="status">
        {t("sending_stopped")}
      </p>
    );
  return (
    <p class="fault" role="alert">
      {reasonFor(ending)}
    </p>
  );
}

function reasonFor(ending: Exclude<Ending, { how: "done" | "stopped" }>): string {
  if (ending.how === "refused") return reasonOf(ending.refusal);
  if (ending.how === "lines") return t("import_late_line");
  return ending.error instanceof UnreadableFile ? reasonText(ending.error.message) : t("sending_unreadable");
}
