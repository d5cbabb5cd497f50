import type { Cell, Separator } from "../../shared/csv.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../shared/csv.ts";

/** A chart's figures: what the table under the chart shows and what its CSV file holds. */
export type Table = { columns: string[]; rows: (string | number | null)[][] };

/**
 * The sign by which the reader's Excel parts the columns of a CSV: a semicolon where the language of the dashboard, or of the
 * browser when the dashboard is read in English, writes decimals with a comma.
 */
export function readersSeparator(dashboard: string, browser: string): Separator {
  const language = dashboard === "en" ? browser : dashboard;
  const parts = new Intl.NumberFormat(language).formatToParts(1.5);
  return parts.some(({ type, value }) => type === "decimal" && value === ",") ? ";" : ",";
}

/** The text of a CSV file, under the same rules as the collector's export: no cell of it is run as a formula. */
export function writeCsv({ columns, rows }: Table, separator: Separator): string {
  const lines: readonly Cell[][] = [columns, ...rows];
  return BYTE_ORDER_MARK + lines.map((cells) => csvLine(cells, separator)).join("");
}
