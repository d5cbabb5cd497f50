/** A file of answers: what it looks like, and its rows from the first to the last. */

import { isRecord } from "../is-record.ts";
import { csvRows } from "./csv-rows.ts";
import type { JsonRecord } from "./json-records.ts";
import { jsonRecords } from "./json-records.ts";
import type { ImportPlan } from "./plan.ts";
import { plansFor } from "./plan.ts";
import type { ReadResult } from "./read-row.ts";
import { readRow } from "./read-row.ts";
import { plansForRecords, readRecord, recordCells } from "./records.ts";

/** `line`: of the file, from 1. */
export type FileRow = {
  line: number;
  /** The cells of the columns, for the reader. */
  cells(plan: ImportPlan): readonly string[];
  read(plan: ImportPlan): ReadResult;
};

/** The text of a file from its beginning, piece by piece; `onBytes` is told how many bytes of it have been read. */
export type ReadText = (onBytes?: (bytes: number) => void) => AsyncIterable<string>;

export type OpenedFile = {
  /** The plans that fit, the best first. */
  plans: readonly ImportPlan[];
  /** The first rows that the plan reads. */
  head(plan: ImportPlan): readonly FileRow[];
  /** All rows that the plan reads, from the beginning; `onBytes` is told how many bytes have been read. Throws `UnreadableFile`. */
  rows(plan: ImportPlan, onBytes?: (bytes: number) => void): AsyncGenerator<FileRow>;
};

/** Rows by which a file is recognised. */
const HEAD_ROWS = 200;

/** Recognises the file. Null for a file without rows, `archive` for a whole survey. Throws `UnreadableFile`. */
export async function openFile(text: ReadText): Promise<OpenedFile | "archive" | null> {
  const first = await firstSign(text);
  return first === "{" || first === "[" ? openRecords(text) : openTable(text);
}

async function firstSign(text: ReadText): Promise<string> {
  for await (const piece of text()) {
    const sign = piece.trimStart()[0];
    if (sign !== undefined) return sign;
  }
  return "";
}

async function openTable(text: ReadText): Promise<OpenedFile | null> {
  const [names, ...rows] = await firstOf(csvRows(text()), HEAD_ROWS + 1);
  if (!names) return null;
  const plans = plansFor(
    names.cells,
    rows.map(({ cells }) => cells),
  );
  return {
    plans,
    head: ({ skippedRows }) => rows.slice(skippedRows).map(tableRow),
    rows: ({ skippedRows }, onBytes) => rowsOf(csvRows(text(onBytes)), tableRow, 1 + skippedRows),
  };
}

async function openRecords(text: ReadText): Promise<OpenedFile | "archive"> {
  const records = await firstOf(jsonRecords(text()), HEAD_ROWS);
  const values = records.flatMap((record) => ("value" in record ? [record.value] : []));
  if (values[0]?.type === "archive" && isRecord(values[0].settings)) return "archive";
  return {
    plans: plansForRecords(values),
    head: () => records.map(recordRow),
    rows: (_, onBytes) => rowsOf(jsonRecords(text(onBytes)), recordRow, 0),
  };
}

function tableRow({ line, cells }: { line: number; cells: readonly string[] }): FileRow {
  return { line, cells: () => cells, read: (plan) => readRow(plan, cells) };
}

function recordRow(record: JsonRecord): FileRow {
  const { line } = record;
  if ("fault" in record) return { line, cells: () => [], read: () => ({ fault: record.fault }) };
  return { line, cells: (plan) => recordCells(plan, record.value), read: (plan) => readRecord(plan, record.value) };
}

async function firstOf<Each>(all: AsyncIterable<Each[]>, most: number): Promise<Each[]> {
  const found: Each[] = [];
  for await (const some of all) {
    found.push(...some);
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}

async function* rowsOf<Each>(
  all: AsyncIterable<Each[]>,
  rowOf: (each: Each) => FileRow,
  skipped: number,
): AsyncGenerator<FileRow> {
  let left = skipped;
  for await (const some of all) for (const each of some) if (left-- <= 0) yield rowOf(each);
}
