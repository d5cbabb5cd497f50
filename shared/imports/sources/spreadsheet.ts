import type { TableMap } from "../table-map.ts";

/** A table that somebody keeps by hand, in any language: all is guessed. It fits every table. */
export const spreadsheet: TableMap = { source: "spreadsheet", signs: [[]], columns: {}, others: "guess" };
