/** Reads what spreadsheets write, with commas or semicolons. The parser is fetched when the first file is read. */

/** Each row by the names in the first row, which are lower-cased; empty rows are left out. Null where quotation marks do not match. */
export async function readCsv(text: string): Promise<Record<string, string>[] | null> {
  const { default: Papa } = await import("papaparse");
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n"), {
    delimiter: (text.split(/\r?\n/, 1)[0] ?? "").includes(";") ? ";" : ",",
    newline: "\n",
    skipEmptyLines: "greedy",
  });
  // The parser takes all that follows an open quotation mark for one cell: whoever stands there would silently be left out.
  if (errors.some(({ type }) => type === "Quotes")) return null;
  const [names = [], ...rows] = data;
  const keys = names.map((name) => name.trim().toLowerCase());
  return rows
    .filter((cells) => cells.some((cell) => cell.trim() !== ""))
    .map((cells) => Object.fromEntries(keys.map((key, index) => [key, (cells[index] ?? "").trim()])));
}
