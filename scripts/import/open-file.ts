/** A file of answers as lines of an import, by the plan that fits it. */
import { csvRows } from "../../shared/imports/csv-rows.ts";
import { isImportField } from "../../shared/imports/fields.ts";
import { jsonRecords } from "../../shared/imports/json-records.ts";
import type { ImportPlan } from "../../shared/imports/plan.ts";
import { faultOfPlan, plansFor } from "../../shared/imports/plan.ts";
import type { ReadResult } from "../../shared/imports/read-row.ts";
import { readRow } from "../../shared/imports/read-row.ts";
import { plansForRecords, readRecord } from "../../shared/imports/records.ts";
import { UnreadableFile } from "../../shared/imports/text.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { ImportLine } from "../../shared/schema/import.ts";
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

/** Rows by which a file is recognised. */
const HEAD_ROWS = 200;

/** Opens the file. Throws `ImportRefused` where it needs a choice that was not made, and `UnreadableFile`. */
export async function openFile(choice: Choice): Promise<ImportFile> {
  return (await isJson(choice.file)) ? openRecords(choice) : openTable(choice);
}

/** CSV never begins with a bracket or a brace, and JSON of records always does. */
async function isJson(file: string): Promise<boolean> {
  for await (const text of fileText(file)) if (text.trim() !== "") return /^\s*[[{]/.test(text);
  throw new UnreadableFile("The file is empty.");
}

async function openTable(choice: Choice): Promise<ImportFile> {
  const { file } = choice;
  const [headers, ...rows] = await first(tableRows(file), HEAD_ROWS + 1);
  const plans = plansFor(
    headers?.value ?? [],
    rows.map(({ value }) => value),
  );
  const plan = agreed(plans, choice);
  return {
    ...aboutPlan(plan),
    async *rows(onBytes) {
      let skipped = -1 - plan.skippedRows;
      for await (const { line, value } of tableRows(file, onBytes))
        if (skipped++ >= 0) yield { line, cells: value, result: readRow(plan, value) };
    },
  };
}

async function openRecords(choice: Choice): Promise<ImportFile> {
  const { file } = choice;
  const head = await first(recordRows(file), HEAD_ROWS);
  const records = head.flatMap((each) => ("value" in each ? [each.value] : []));
  const read = records.every(isImportLine) ? ownLines(choice) : recordsBy(agreed(plansForRecords(records), choice));
  return {
    ...read.about,
    headers: ["record"],
    async *rows(onBytes) {
      for await (const { line, ...each } of recordRows(file, onBytes))
        yield "fault" in each
          ? { line, cells: [""], result: each }
          : { line, cells: [JSON.stringify(each.value)], result: read.result(each.value) };
    },
  };
}

type Records = { about: Omit<ImportFile, "rows">; result(record: Record<string, unknown>): ReadResult };

function recordsBy(plan: ImportPlan): Records {
  return { about: aboutPlan(plan), result: (record) => readRecord(plan, record) };
}

/** Lines as the API takes them: the collector reads them itself. */
function ownLines({ from }: Choice): Records {
  const about = { source: from ?? "", description: ["The file has lines of the import itself."], headers: [] };
  return { about, result: (record) => ({ lines: [record as ImportLine] }) };
}

/** The names that a line of the import can have. */
const lineNames = new Set<string>([
  ...[
    "type",
    "id",
    "created_at",
    "asked_at",
    "comment",
    "respondent",
    "properties",
    "tags",
    "note",
    "locale",
    "channel",
  ],
  ...scoreNames,
]);

function isImportLine(record: Record<string, unknown>): boolean {
  const has = (name: string) => Object.hasOwn(record, name);
  return Object.keys(record).every((name) => lineNames.has(name)) && (has("created_at") || has("type"));
}

async function* tableRows(file: string, onBytes?: (bytes: number) => void) {
  for await (const rows of csvRows(fileText(file, onBytes)))
    for (const { line, cells } of rows) yield { line, value: cells };
}

async function* recordRows(file: string, onBytes?: (bytes: number) => void) {
  for await (const records of jsonRecords(fileText(file, onBytes))) yield* records;
}

async function first<Item>(items: AsyncIterable<Item>, count: number): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) if (found.push(item) === count) break;
  return found;
}

/** The plan with the choices that were made. Throws `ImportRefused` where one is missing. */
function agreed(plans: readonly ImportPlan[], choice: Choice): ImportPlan {
  const plan = withChoices(chosen(plans, choice.from), choice);
  const fault = faultOfPlan(plan);
  if (fault === null) return plan;
  throw new ImportRefused(`${describe(plan).join("\n")}\n\n${fault}\n${remedies(plan)}`);
}

function aboutPlan(plan: ImportPlan): Omit<ImportFile, "rows"> {
  const { source, columns } = plan;
  return { source, description: describe(plan), headers: columns.map(({ header }) => header) };
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
