/** Reads a file of another product as the command and the page do: bytes, text, cells, plan, rows. */
import { delimiterOf } from "../../../shared/imports/delimiter.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { plansFor } from "../../../shared/imports/plan.ts";
import type { ReadResult } from "../../../shared/imports/read-row.ts";
import { readRow } from "../../../shared/imports/read-row.ts";
import { plansForRecords, readRecord } from "../../../shared/imports/records.ts";
import type { Encoding } from "../../../shared/imports/text.ts";
import { FileDecoder } from "../../../shared/imports/text.ts";
import type { ImportLine } from "../../../shared/schema/import.ts";

export type Converted = {
  plan: ImportPlan;
  encoding: Encoding;
  lines: ImportLine[];
  /** By the number of the row in the table, from 1 for the names, or of the record. */
  refused: [row: number, detail: string][];
  leftOut: [row: number, detail: string][];
};

/** `parse`: splits CSV into cells. `changes`: what the user sets otherwise than the first plan has it. */
export function convertTable(
  bytes: Uint8Array,
  parse: (text: string, delimiter: string) => string[][],
  changes: Partial<ImportPlan> = {},
): Converted {
  const decoder = new FileDecoder();
  const text = decoder.decode(bytes) + decoder.end();
  const [headers = [], ...rows] = parse(text, delimiterOf(text));
  const plan = { ...firstOf(plansFor(headers, rows)), ...changes };
  const data = rows.slice(plan.skippedRows);
  return converted(
    plan,
    decoder.encoding,
    data.map((row) => readRow(plan, row)),
    2 + plan.skippedRows,
  );
}

/** The same for JSON: an array, or a record on each line. */
export function convertRecords(bytes: Uint8Array): Converted {
  const decoder = new FileDecoder();
  const text = decoder.decode(bytes) + decoder.end();
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const records: unknown[] = text.trimStart().startsWith("[")
    ? JSON.parse(text)
    : lines.map((line) => JSON.parse(line));
  const plan = firstOf(plansForRecords(records));
  return converted(
    plan,
    decoder.encoding,
    records.map((record) => readRecord(plan, record)),
    1,
  );
}

function firstOf([plan]: ImportPlan[]): ImportPlan {
  if (!plan) throw new Error("no plan fits the file");
  return plan;
}

function converted(plan: ImportPlan, encoding: Encoding, results: ReadResult[], begins: number): Converted {
  const found: Converted = { plan, encoding, lines: [], refused: [], leftOut: [] };
  for (const [index, read] of results.entries()) {
    if ("lines" in read) found.lines.push(...read.lines);
    else if ("fault" in read) found.refused.push([begins + index, read.fault]);
    else found.leftOut.push([begins + index, read.left_out]);
  }
  return found;
}
