/** Reads a file of another product as the command and the page do: bytes, text, cells, plan, rows. */
import { csvRows } from "../../../shared/imports/csv-rows.ts";
import { jsonRecords } from "../../../shared/imports/json-records.ts";
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
  /** By the line of the file, from 1, or the number of the record. */
  refused: [line: number, detail: string][];
  leftOut: [line: number, detail: string][];
};

/** `changes`: what the user sets otherwise than the first plan has it. */
export async function convert(bytes: Uint8Array, changes: Partial<ImportPlan> = {}): Promise<Converted> {
  const decoder = new FileDecoder();
  const text = decoder.decode(bytes) + decoder.end();
  const read = /^\s*[[{]/.test(text) ? await convertRecords(text, changes) : await convertTable(text, changes);
  return { ...read, encoding: decoder.encoding };
}

async function convertTable(text: string, changes: Partial<ImportPlan>) {
  const [names, ...rows] = await all(csvRows(inOnePiece(text)));
  const first = rows.map(({ cells }) => cells);
  const plan = { ...best(plansFor(names?.cells ?? [], first)), ...changes };
  return sorted(
    plan,
    rows.slice(plan.skippedRows).map(({ line, cells }) => [line, readRow(plan, cells)]),
  );
}

async function convertRecords(text: string, changes: Partial<ImportPlan>) {
  const records = (await all(jsonRecords(inOnePiece(text)))).map((record) => ("value" in record ? record.value : null));
  const plan = { ...best(plansForRecords(records)), ...changes };
  return sorted(
    plan,
    records.map((record, index) => [index + 1, readRecord(plan, record)]),
  );
}

function sorted(plan: ImportPlan, results: [number, ReadResult][]): Omit<Converted, "encoding"> {
  const found: Omit<Converted, "encoding"> = { plan, lines: [], refused: [], leftOut: [] };
  for (const [line, read] of results) {
    if ("lines" in read) found.lines.push(...read.lines);
    else if ("fault" in read) found.refused.push([line, read.fault]);
    else found.leftOut.push([line, read.left_out]);
  }
  return found;
}

function best([plan]: ImportPlan[]): ImportPlan {
  if (!plan) throw new Error("no plan fits the file");
  return plan;
}

async function* inOnePiece(text: string) {
  yield text;
}

async function all<Each>(parts: AsyncIterable<Each[]>): Promise<Each[]> {
  const found: Each[] = [];
  for await (const part of parts) found.push(...part);
  return found;
}
