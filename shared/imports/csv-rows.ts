/** The rows of a CSV file of any size, read piece by piece in constant memory. */
import Papa from "papaparse";
import { limits } from "../limits.ts";
import { delimiterOf } from "./delimiter.ts";
import { UnreadableFile } from "./text.ts";

/** `line`: the number of the row's first line in the file, from 1. */
export type CsvRow = { line: number; cells: string[] };

/**
 * The rows of `text`, a few hundred at a time; empty rows are left out, and so is a first row `sep=;`, by which a file tells Excel
 * what stands between its cells. Commas, semicolons and tabs are recognised by the first
 * row. Throws `UnreadableFile` for a quotation mark that is never closed or not doubled, for a row that is longer than
 * `limits.importLineBytes` characters or has more than `limits.importColumns` cells, and for binary data.
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<CsvRow[]> {
  let delimiter = "";
  let rest = "";
  let line = 1;
  const take = (isLast: boolean): CsvRow[] => {
    delimiter ||= delimiterOf(rest);
    const { data, errors, meta } = parse(rest, delimiter, isLast);
    rest = rest.slice(meta.cursor);
    const bad = errors.find(({ type }) => type === "Quotes")?.row;
    const rows: CsvRow[] = [];
    for (const [index, cells] of data.entries()) {
      if (index === bad) throw misquoted(line);
      if (cells.length > limits.importColumns)
        throw new UnreadableFile(`Line ${line} has ${cells.length} columns; at most ${limits.importColumns} are read.`);
      const tellsDelimiter = line === 1 && cells.length === 2 && /^sep=$/i.test(cells.join(""));
      if (!tellsDelimiter && cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
      line += 1 + cells.reduce((sum, cell) => sum + breaksIn(cell), 0);
    }
    if (bad !== undefined) throw misquoted(line);
    if (rest.length > limits.importLineBytes)
      throw new UnreadableFile(
        `The row that begins on line ${line} is longer than ${limits.importLineBytes} characters. Is a quotation mark not closed?`,
      );
    return rows;
  };
  for await (const piece of withLineFeeds(text)) {
    if (piece.includes("\0")) throw new UnreadableFile("The file is no text: it holds zero bytes.");
    rest += piece;
    if (rest.includes("\n")) yield take(false);
    else if (rest.length > limits.importLineBytes) take(false);
  }
  if (rest !== "") yield take(true);
}

function parse(text: string, delimiter: string, isLast: boolean): Papa.ParseResult<string[]> {
  return new Papa.Parser({ delimiter, newline: "\n" }).parse(text, 0, !isLast);
}

/** The text with a line feed for every line break, so that a file may mix them. */
async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of text) {
    const whole = held + piece;
    held = whole.endsWith("\r") ? "\r" : "";
    yield whole.slice(0, whole.length - held.length).replaceAll(/\r\n?/g, "\n");
  }
  if (held) yield "\n";
}

function breaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) count++;
  return count;
}

function misquoted(line: number): UnreadableFile {
  return new UnreadableFile(`Line ${line} has a quotation mark that is not closed, or not doubled within quoted text.`);
}
