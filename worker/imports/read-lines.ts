/** The lines of an import as values, whatever they hold; what cannot be read is a fault of its line. */
import Papa from "papaparse";
import { delimiterOf } from "../../shared/imports/delimiter.ts";
import { isRecord } from "../../shared/is-record.ts";
import { limits } from "../../shared/limits.ts";
import { scoreNames } from "../../shared/questions.ts";
import { Problem } from "../problem.ts";

/** `line`: its number in the body, from 1. */
export type ReadLine = { line: number } & ({ value: unknown } | { fault: string });

/** Reads NDJSON. Throws `body_too_large` past the most lines of a request. */
export function readNdjson(text: string): ReadLine[] {
  const found: ReadLine[] = [];
  text.split("\n").forEach((raw, index) => {
    if (raw.trim() === "") return;
    mustHaveRoom(found.length);
    found.push({ line: index + 1, ...parsedLine(raw) });
  });
  return found;
}

function parsedLine(raw: string): { value: unknown } | { fault: string } {
  if (raw.length > limits.importLineBytes) return { fault: `is longer than ${limits.importLineBytes} characters` };
  try {
    const value: unknown = JSON.parse(raw);
    return hasProto(value) ? { fault: "has `__proto__`, a name that cannot be kept" } : { value };
  } catch {
    return { fault: "is not JSON" };
  }
}

/** A schema for objects of any names would ignore the name without a refusal, and its value would be lost. */
function hasProto(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return [value, value.properties].some((each) => isRecord(each) && Object.hasOwn(each, "__proto__"));
}

/** How a column is read: the field or property that it fills. */
type Column = { field: string; isProperty: boolean };

const FIELDS = ["id", "created_at", ...scoreNames, "comment", "respondent", "tags", "note", "locale", "channel"];
const PROPERTY = "properties.";

/**
 * Reads CSV with commas, semicolons or tabs; the first row names the columns. Throws `invalid` for names that are none of ours,
 * for a quotation mark that is never closed, and `body_too_large` past the most lines or columns.
 */
export function readCsv(text: string, map: Readonly<Record<string, string>> | undefined): ReadLine[] {
  const found: ReadLine[] = [];
  let columns: (Column | null)[] | null = null;
  let line = 1;
  let at = 0;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step({ data, errors, meta }) {
      const began = line;
      for (; at < meta.cursor; at++) if (text.charCodeAt(at) === 10) line++;
      if (errors.some(({ type }) => type === "Quotes"))
        throw unreadable(`has a quotation mark on line ${began} that is not closed, or not doubled within quoted text`);
      if (data.length > limits.importColumns)
        throw unreadable(`has ${data.length} columns on line ${began}; at most ${limits.importColumns} are read`);
      if (data.every((cell) => cell.trim() === "")) return;
      if (columns === null) columns = columnsOf(data, map);
      else {
        mustHaveRoom(found.length);
        found.push({ line: began, ...recordOf(data, columns) });
      }
    },
  });
  if (columns === null) throw unreadable("is empty: its first row must name the columns");
  return found;
}

function columnsOf(names: readonly string[], map: Readonly<Record<string, string>> | undefined): (Column | null)[] {
  const trimmed = names.map((name) => name.trim());
  const absent = Object.keys(map ?? {}).find((name) => !trimmed.includes(name.trim()));
  if (absent !== undefined) throw unreadable(`has no column ${quoted(absent)}, which \`map\` names`);
  const columns = trimmed.map((name) => {
    const field = map ? Object.entries(map).find(([theirs]) => theirs.trim() === name)?.[1] : name;
    return field === undefined ? null : columnOf(field, name);
  });
  const fields = columns.flatMap((column) => (column ? [column.field] : []));
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) throw unreadable(`has two columns for ${quoted(twice)}`);
  return columns;
}

function columnOf(field: string, name: string): Column {
  if (FIELDS.includes(field)) return { field, isProperty: false };
  const property = field.startsWith(PROPERTY) ? field.slice(PROPERTY.length) : "";
  if (property !== "" && property !== "__proto__") return { field: property, isProperty: true };
  throw unreadable(
    `has the column ${quoted(name)} for ${quoted(field)}, which is no field of an import: ${FIELDS.join(", ")}, or properties.x. ` +
      "The parameter `map` says what a column of another name is",
  );
}

/** An empty cell is nothing. Numbers stay text where they are no score, and a score that is no number is for its schema. */
function recordOf(
  cells: readonly string[],
  columns: readonly (Column | null)[],
): { value: unknown } | { fault: string } {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== ""))
    return { fault: `has ${cells.length} cells where the first row has ${columns.length}` };
  const value: Record<string, unknown> = {};
  const properties: Record<string, string> = {};
  columns.forEach((column, index) => {
    const text = cells[index]?.trim() ?? "";
    if (column === null || text === "") return;
    if (column.isProperty) properties[column.field] = text;
    else value[column.field] = cellOf(column.field, text);
  });
  return { value: Object.keys(properties).length > 0 ? { ...value, properties } : value };
}

function cellOf(field: string, text: string): unknown {
  if (field === "tags")
    return text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  const isScore = scoreNames.some((name) => name === field);
  return isScore && /^-?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

function mustHaveRoom(lines: number): void {
  if (lines < limits.importLines) return;
  throw new Problem("body_too_large", {
    detail: `The body has more than ${limits.importLines} lines. Send it in parts of at most so many; \`npm run import\` does.`,
  });
}

function unreadable(detail: string): Problem {
  return new Problem("invalid", { errors: [{ pointer: "", detail }] });
}

/** A name that a stranger wrote, for a refusal. */
function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
