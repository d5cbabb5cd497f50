import type { Cell } from "../../shared/csv.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../shared/csv.ts";

/** A chart's figures: what the table under the chart shows and what its CSV file holds. */
export type Table = { columns: string[]; rows: (string | number | null)[][] };

/** The text of a CSV file with commas, under the same rules as the collector's export: no cell of it is run as a formula. */
export function writeCsv({ columns, rows }: Table): string {
  const lines: readonly Cell[][] = [columns, ...rows];
  return BYTE_ORDER_MARK + lines.map((cells) => csvLine(cells, ",")).join("");
}
