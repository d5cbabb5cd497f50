/** A chart's figures as rows: what the table under it shows and what its CSV holds. */
export type Rows = { columns: string[]; rows: (string | number | null)[][] };

/** RFC 4180, with the mark by which spreadsheets know UTF-8. A text that a spreadsheet would run is kept a text. */
export function csvOf({ columns, rows }: Rows): string {
  return `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
