import { saveFile } from "../../files/save-file.ts";
import { t } from "../../i18n/translate.ts";
import type { Pass } from "./pass.ts";

/** The refused rows by their lines in the file, each with its reason, and all of them as a file. */
export function Refused({ pass }: { pass: Pass }) {
  const { refused } = pass.tally.value;
  if (refused.count === 0) return null;
  return (
    <section class="refused-rows" aria-labelledby="refused-rows">
      <h2 id="refused-rows">{t("import_refused_title", { n: refused.count })}</h2>
      <ul>
        {refused.first.map(({ line, reason }, at) => (
          <li key={at} dir="auto">
            <strong>{t("import_row", { line: String(line) })}</strong>: {reason}
          </li>
        ))}
      </ul>
      {refused.count > refused.first.length && (
        <p class="help">{t("import_refused_more", { n: refused.count - refused.first.length })}</p>
      )}
      <button type="button" onClick={() => saveFile("refused.csv", "text/csv", refused.file())}>
        {t("import_refused_save")}
      </button>
    </section>
  );
}
