/** Reads a file of another product as the command and the page do: bytes, text, cells, plan, rows. */
import { delimiterOf } from "../../../shared/imports/delimiter.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { plansFor } from "../../../shared/imports/plan.ts";
import { readRow } from "../../../shared/imports/read-row.ts";
import type { Encoding } from "../../../shared/imports/text.ts";
import { FileDecoder } from "../../../shared/imports/text.ts";
import type { ImportLine } from "../../../shared/schema/import.ts";

export type Converted = {
  plan: ImportPlan;
  encoding: Encoding;
  lines: ImportLine[];
  /** By the number of the row in the table, from 1 for the names. */
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
  const [first] = plansFor(headers, rows);
  if (!first) throw new Error("no plan fits the table");
  const plan = { ...first, ...changes };
  const found: Converted = { plan, encoding: decoder.encoding, lines: [], refused: [], leftOut: [] };
  for (const [index, row] of rows.entries()) {
    if (index < plan.skippedRows) continue;
    const read = readRow(plan, row);
    if ("lines" in read) found.lines.push(...read.lines);
    else if ("fault" in read) found.refused.push([index + 2, read.fault]);
    else found.leftOut.push([index + 2, read.left_out]);
  }
  return found;
}
