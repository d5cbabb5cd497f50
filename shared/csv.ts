/** CSV for spreadsheets, and the one rule by which none of its cells is run as a formula. */

/** Excel splits cells by the separator of its language: the semicolon where the decimal sign is a comma. */
export type Separator = "," | ";";

export type Cell = string | number | boolean | null | undefined;

/** A file in UTF-8 begins with it, or Excel reads the file in the code page of the machine. */
export const BYTE_ORDER_MARK = "\ufeff";

/**
 * The positions in a cell where a formula could begin, in plain and full-width characters: at the start of the cell, and after
 * each character at which a program with another separator, or one that ignores quotes, begins a new cell. Quotation marks
 * between them do not help, because such a program drops them.
 */
const FORMULA = /^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])|(?<=^|[,;|\t\r\n])(?="*[=+\-@＝＋－＠])/g;

/** A text that needs no quotes: no program finds a separator, a line break or a formula in it. */
const PLAIN = /^(?:[A-Za-z0-9][\w:.-]*)?$/;

/**
 * One line with its CRLF. Text is quoted, and gets an apostrophe wherever a formula could begin. Numbers get the decimal sign
 * that goes with the separator, because Excel reads `3.5` as the third of May in languages that write `3,5`.
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
