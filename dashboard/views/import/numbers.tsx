import { scoreNames } from "../../../shared/questions.ts";
import type { ImportReply } from "../../../shared/schema/import.ts";
import { formatNumber } from "../../i18n/format.ts";
import { figureName } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";
import type { Pass } from "./pass.ts";
import { reasonText } from "./reasons.ts";

/** What a check has found, or an import has done: how many rows of each kind, and the survey's figures before and after. */
export function Numbers({ title, pass, isDry }: { title: string; pass: Pass; isDry: boolean }) {
  const { rows, reply, leftOut, refused } = pass.tally.value;
  const counts: [name: string, count: number][] = [
    [t("import_rows"), rows],
    [t(isDry ? "import_new" : "import_stored"), reply?.created ?? 0],
    ...((reply?.repeated ?? 0) > 0 ? [[t("import_repeated"), reply!.repeated] as [string, number]] : []),
    ...[...leftOut].map(([why, count]): [string, number] => [t("import_left_out", { why: reasonText(why) }), count]),
    [t("import_refused"), refused.count],
  ];
  return (
    <section class="import-numbers" aria-labelledby="import-numbers">
      <h2 id="import-numbers">{title}</h2>
      <div role="status">
        <dl>
          {counts.map(([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {reply && <Figures reply={reply} />}
    </section>
  );
}

function Figures({ reply: { before, after } }: { reply: ImportReply }) {
  const asked = scoreNames.filter((name) => after[name] !== undefined || before[name] !== undefined);
  const shown = (value: number | undefined) => (value === undefined ? "–" : formatNumber(value));
  return (
    <table>
      <caption>{t("import_figures")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("import_figure")}</th>
          <th scope="col">{t("import_before")}</th>
          <th scope="col">{t("import_after")}</th>
        </tr>
      </thead>
      <tbody>
        {asked.map((name) => (
          <tr key={name}>
            <th scope="row">{figureName(name)}</th>
            <td>{shown(before[name]?.score)}</td>
            <td>{shown(after[name]?.score)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("import_responses")}</th>
          <td>{formatNumber(before.responses)}</td>
          <td>{formatNumber(after.responses)}</td>
        </tr>
      </tbody>
    </table>
  );
}
