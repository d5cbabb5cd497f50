/** A file of answers: what it looks like, and its rows from the first to the last. */

import { csvRows } from "../../../shared/imports/csv-rows.ts";
import type { JsonRecord } from "../../../shared/imports/json-records.ts";
import { jsonRecords } from "../../../shared/imports/json-records.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { plansFor } from "../../../shared/imports/plan.ts";
import type { ReadResult } from "../../../shared/imports/read-row.ts";
import { readRow } from "../../../shared/imports/read-row.ts";
import { plansForRecords, readRecord, recordCells } from "../../../shared/imports/records.ts";
import { isRecord } from "../../../shared/is-record.ts";
import { fileText } from "./file-text.ts";

/** `line`: of the file, from 1. */
export type FileRow = {
  line: number;
  /** The cells of the columns, for the reader. */
  cells(plan: ImportPlan): readonly string[];
  read(plan: ImportPlan): ReadResult;
};

export type OpenedFile = {
  file: File;
  /** The plans that fit, the best first. */
  plans: readonly ImportPlan[];
  /** The first rows that the plan reads. */
  head(plan: ImportPlan): readonly FileRow[];
  /** All rows that the plan reads, from the beginning; `onBytes` is told how many bytes have been read. Throws `UnreadableFile`. */
  rows(plan: ImportPlan, onBytes: (bytes: number) => void): AsyncGenerator<FileRow>;
};

/** Rows by which a file is recognised. */
const HEAD_ROWS = 200;

/** Recognises the file. Null for a file without rows, `archive` for a whole survey. Throws `UnreadableFile`. */
export async function openFile(file: File): Promise<OpenedFile | "archive" | null> {
  const first = await firstSign(file);
  return first === "{" || first === "[" ? openRecords(file) : openTable(file);
}

async function firstSign(file: File): Promise<string> {
  for await (const piece of fileText(file)) {
    const sign = piece.trimStart()[0];
    if (sign !== undefined) return sign;
  }
  return "";
}

async function openTable(file: File): Promise<OpenedFile | null> {
  const [names, ...rows] = await firstOf(csvRows(fileText(file)), HEAD_ROWS + 1);
  if (!names) return null;
  const plans = plansFor(
    names.cells,
    rows.map(({ cells }) => cells),
  );
  return {
    ...{ file, plans },
    head: ({ skippedRows }) => rows.slice(skippedRows).map(tableRow),
    rows: ({ skippedRows }, onBytes) => rowsOf(csvRows(fileText(file, onBytes)), tableRow, 1 + skippedRows),
  };
}

async function openRecords(file: File): Promise<OpenedFile | "archive"> {
  const records = await firstOf(jsonRecords(fileText(file)), HEAD_ROWS);
  const values = records.flatMap((record) => ("value" in record ? [record.value] : []));
  if (values[0]?.type === "archive" && isRecord(values[0].settings)) return "archive";
  return {
    ...{ file, plans: plansForRecords(values) },
    head: () => records.map(recordRow),
    rows: (_, onBytes) => rowsOf(jsonRecords(fileText(file, onBytes)), recordRow, 0),
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
