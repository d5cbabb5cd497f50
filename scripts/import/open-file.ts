/** A file of answers as lines of an import, by the plan that fits it and by what was chosen. */
import { isImportField } from "../../shared/imports/fields.ts";
import { openFile as open } from "../../shared/imports/open-file.ts";
import type { ImportPlan } from "../../shared/imports/plan.ts";
import { faultOfPlan } from "../../shared/imports/plan.ts";
import type { ReadResult } from "../../shared/imports/read-row.ts";
import { fileText } from "./file-text.ts";
import type { Words } from "./words.ts";
import { ImportRefused } from "./words.ts";

/** `line`: of the file, from 1. `cells`: as they stand in the file. */
export type FileRow = { line: number; cells: readonly string[]; result: ReadResult };

export type ImportFile = {
  /** Where the answers come from, which goes with each of them. */
  source: string;
  /** What the columns fill, for whoever has to agree to it. */
  description: string[];
  /** The names of the columns, for the file of refused lines. */
  headers: readonly string[];
  /** All rows, from the beginning; `onBytes` is told how many bytes have been read. Throws `UnreadableFile`. */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<FileRow>;
};

type Choice = Pick<Words, "file" | "from" | "map" | "dateOrder">;

/** Opens the file. Throws `ImportRefused` where it needs a choice that was not made, and `UnreadableFile`. */
export async function openFile(choice: Choice): Promise<ImportFile> {
  const opened = await open((onBytes) => fileText(choice.file, onBytes));
  if (opened === null) throw new ImportRefused(`${choice.file} has no rows.`);
  if (opened === "archive")
    throw new ImportRefused("The file is a whole survey: make a survey of it in the dashboard, under *New survey*.");
  const plan = withChoices(chosen(opened.plans, choice.from), choice);
  const fault = faultOfPlan(plan);
  if (fault !== null) throw new ImportRefused(`${describe(plan).join("\n")}\n\n${fault}\n${remedies(plan)}`);
  return {
    source: plan.source,
    description: describe(plan),
    headers: plan.columns.map(({ header }) => header),
    async *rows(onBytes) {
      for await (const row of opened.rows(plan, onBytes))
        yield { line: row.line, cells: row.cells(plan), result: row.read(plan) };
    },
  };
}

function chosen(plans: readonly ImportPlan[], from: string | null): ImportPlan {
  const [best] = plans;
  const plan = from === null ? best : plans.find(({ source }) => source === from);
  if (plan) return plan;
  throw new ImportRefused(
    `The columns are none of ${from}'s. They fit: ${plans.map(({ source }) => source).join(", ")}.`,
  );
}

function withChoices(plan: ImportPlan, { map, dateOrder }: Choice): ImportPlan {
  const absent = Object.keys(map ?? {}).find((name) =>
    plan.columns.every(({ header }) => header.trim() !== name.trim()),
  );
  if (absent !== undefined)
    throw new ImportRefused(`The file has no column ${JSON.stringify(absent)}, which --map names.`);
  const columns = plan.columns.map(({ header, field }) => {
    const said = Object.entries(map ?? {}).find(([name]) => name.trim() === header.trim())?.[1];
    if (said === undefined) return { header, field };
    if (said === "") return { header, field: null };
    if (isImportField(said)) return { header, field: said };
    throw new ImportRefused(`--map says ${JSON.stringify(said)}, which is no field of an import and no properties.x`);
  });
  return { ...plan, columns, dateOrder: dateOrder ?? plan.dateOrder };
}

function describe({ source, columns, dateOrder }: ImportPlan): string[] {
  const width = Math.min(40, Math.max(...columns.map(({ header }) => header.length)));
  return [
    `The file is read as: ${source}`,
    ...columns.map(({ header, field }) => `  ${header.padEnd(width)}  ${field ?? "(left out)"}`),
    ...(dateOrder === "day_first" ? ["Dates have the day first."] : []),
    ...(dateOrder === "month_first" ? ["Dates have the month first."] : []),
  ];
}

function remedies({ dateOrder }: ImportPlan): string {
  return dateOrder === "ask"
    ? "Say --dates day-first or --dates month-first."
    : `Say which column is which, as: --map '{"Their header":"nps","Another":"properties.plan","A third":""}'`;
}
