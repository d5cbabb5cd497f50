/** Reads what spreadsheets write (RFC 4180), with commas or semicolons. */

/** Each row by the names in the first; names in lower case, empty rows left out. */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = rowsOf(text.replace(/^\ufeff/, ""));
  const keys = names.map((name) => name.trim().toLowerCase());
  return rows
    .filter((row) => row.some((cell) => cell.trim() !== ""))
    .map((row) => Object.fromEntries(keys.map((key, index) => [key, (row[index] ?? "").trim()])));
}

function rowsOf(text: string): string[][] {
  const separator = (text.split(/\r?\n/, 1)[0] ?? "").includes(";") ? ";" : ",";
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === separator) {
      row.push(cell);
      cell = "";
    } else if (character === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else if (character !== "\r") cell += character;
  }
  return cell !== "" || row.length > 0 ? [...rows, [...row, cell]] : rows;
}
