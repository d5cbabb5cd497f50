/** CSV for spreadsheets, and the one rule by which none of its cells is run as a formula. */

/** Excel splits by the one that its language writes in lists: a semicolon where the decimal sign is a comma. */
export type Separator = "," | ";";

export type Cell = string | number | boolean | null | undefined;

/** Without it at its beginning Excel takes a file in UTF-8 for the code page of the machine. */
export const BYTE_ORDER_MARK = "\ufeff";

/**
 * Where a cell could begin a formula, in plain and in full width: at its start, and after each sign at which a reader with
 * another separator, or one that does not heed quotes, begins a new cell. Quotes between do not help: such a reader drops them.
 */
const FORMULA = /^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])|(?<=^|[,;|\t\r\n])(?="*[=+\-@＝＋－＠])/g;

/** What stands without quotes: no reader finds a separator, a line break or a formula in it. */
const PLAIN = /^(?:[A-Za-z0-9][\w:.-]*)?$/;

/**
 * One line with its CRLF. Text is quoted, with an apostrophe wherever a formula could begin. Numbers get the decimal sign
 * that goes with the separator, for Excel takes `3.5` for the third of May where people write `3,5`.
 */
export function csvLine(cells: readonly Cell[], separator: Separator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

function csvCell(cell: Cell, separator: Separator): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return separator === ";" ? String(cell).replace(".", ",") : String(cell);
  const text = String(cell).replace(FORMULA, "'");
  return PLAIN.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
