import type { OpenedFile } from "../../../shared/imports/open-file.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import type { ReadResult } from "../../../shared/imports/read-row.ts";
import { scoreNames } from "../../../shared/questions.ts";
import type { ImportLine } from "../../../shared/schema/import.ts";
import { formatDay } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";
import { fieldName } from "./field-names.ts";
import { reasonText } from "./reasons.ts";

const SHOWN = 3;

/** The first rows that bring something or are refused, as they will be stored. */
export function Preview({ file, plan }: { file: OpenedFile; plan: ImportPlan }) {
  const rows: { line: number; result: Exclude<ReadResult, { left_out: string }> }[] = [];
  for (const row of file.head(plan)) {
    if (rows.length === SHOWN) break;
    const result = row.read(plan);
    if (!("left_out" in result)) rows.push({ line: row.line, result });
  }
  return (
    <section class="as-stored" aria-labelledby="as-stored">
      <h2 id="as-stored">{t("import_preview")}</h2>
      {rows.length === 0 && <p class="help">{t("import_preview_none")}</p>}
      <ol>
        {rows.map(({ line, result }) => (
          <li key={line}>
            <h3>{t("import_row", { line: String(line) })}</h3>
            {"fault" in result ? (
              <p class="fault">{reasonText(result.fault)}</p>
            ) : (
              result.lines.map((each) => <Stored key={each.type ?? "response"} line={each} />)
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Stored({ line }: { line: ImportLine }) {
  return (
    <dl>
      {factsOf(line).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = readonly [name: string, value: string];

function factsOf(line: ImportLine): Fact[] {
  if (line.type === "unsubscribe")
    return [
      [t("import_unsubscribe_line"), line.respondent],
      ...(line.created_at ? [[fieldName("unsubscribed_at"), momentText(line.created_at)] as const] : []),
    ];
  if (line.type === "asked")
    return [
      [t("import_asked_line"), line.respondent],
      [fieldName("asked_at"), momentText(line.asked_at)],
    ];
  const texts = ["comment", "respondent", "note", "locale", "channel", "id"] as const;
  return [
    [fieldName("created_at"), momentText(line.created_at)],
    ...scoreNames.flatMap((name): Fact[] => (line[name] == null ? [] : [[scoreName(name), String(line[name])]])),
    ...texts.flatMap((name): Fact[] => (line[name] ? [[fieldName(name), String(line[name])]] : [])),
    ...(line.tags?.length ? [[fieldName("tags"), line.tags.join(", ")] as const] : []),
    ...Object.entries(line.properties ?? {}).map(
      ([name, value]): Fact => [fieldName(`properties.${name}`), String(value)],
    ),
  ];
}

/** The day in words, so that nobody has to guess which number is the month, and the time as the file gives it. */
function momentText(moment: string): string {
  const [day = "", time = ""] = moment.split("T");
  return [formatDay(day, "long"), time.replace(/Z$/, " UTC")].filter(Boolean).join(", ");
}
