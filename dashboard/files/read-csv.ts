/** Reads what spreadsheets write, with commas or semicolons. The parser is fetched when the first file is read. */

/** Each row by the names in the first row, which are lower-cased; empty rows are left out. Null where quotation marks do not match. */
export async function readCsv(text: string): Promise<Record<string, string>[] | null> {
  const all = await readRows(text);
  if (all === null) return null;
  const [names = [], ...rows] = all;
  const keys = names.map((name) => name.toLowerCase());
  return rows.map((cells) => Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? ""])));
}

/**
 * The cells of each row, without blanks at their ends; empty rows are left out. What is copied out of a spreadsheet is parted by
 * tabs. Null where quotation marks do not match.
 */
export async function readRows(text: string): Promise<string[][] | null> {
  const { default: Papa } = await import("papaparse");
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n"), {
    delimiter: ["\t", ";"].find((sign) => first.includes(sign)) ?? ",",
    newline: "\n",
    skipEmptyLines: "greedy",
  });
  // The parser takes all that follows an open quotation mark for one cell: whoever stands there would silently be left out.
  if (errors.some(({ type }) => type === "Quotes")) return null;
  return data.map((cells) => cells.map((cell) => cell.trim())).filter((cells) => cells.some((cell) => cell !== ""));
}
