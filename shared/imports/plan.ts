/** How the table of another product is read: its columns are recognised, and the user confirms or changes them. */
import { scoreNames } from "../questions.ts";
import type { DateOrder } from "./dates.ts";
import { dateOrderOf } from "./dates.ts";
import type { ImportField } from "./fields.ts";
import { propertyField, sharedFields } from "./fields.ts";
import { guessFields, questionOf, withProperties } from "./guess.ts";
import { tableMaps } from "./sources.ts";
import type { SourceName, TableMap } from "./table-map.ts";
import { keyOf, ownField } from "./table-map.ts";
import { ADDED } from "./unwrap.ts";

/** Plain data: it goes through JSON. */
export type ImportPlan = {
  source: SourceName;
  /** For each of the file's columns, in order: the field it fills, or null where it is left out. */
  columns: { header: string; field: ImportField | null }[];
  /** How 03/04/2025 is meant: null where no date of the file depends on it, "ask" where the file does not tell. */
  dateOrder: DateOrder | "ask" | null;
  /** Rows below the first one that belong to the names of the columns: whoever reads the file skips them. */
  skippedRows: number;
};

type Rows = readonly (readonly string[])[];

const dateFields: readonly (ImportField | null)[] = ["created_at", "created_at_else", "asked_at", "unsubscribed_at"];

/**
 * The plans that fit the table, the best first; the last is always that of a plain spreadsheet. `headers`: the first row;
 * `rows`: the rows below it, of which 200 are enough.
 */
export function plansFor(headers: readonly string[], rows: Rows): ImportPlan[] {
  return tableMaps
    .map((map) => ({ map, signs: signsOf(map, headers) }))
    .filter(({ signs }) => signs >= 0)
    .sort((a, b) => b.signs - a.signs)
    .map(({ map }) => planOf(map, headers, rows));
}

/** What keeps the plan from being used, as a sentence for the user; null where nothing does. */
export function faultOfPlan({ columns, dateOrder }: ImportPlan): string | null {
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]));
  const twice = fields.find((_, index) => isSecond(fields, index));
  if (twice !== undefined) return `Two columns fill ${twice}. Leave one of them out.`;
  const has = (...names: ImportField[]) => names.some((name) => fields.includes(name));
  const hasAnswer = has(...scoreNames, "score", "comment");
  const tellsOfPeople = has("asked_at", "unsubscribed", "unsubscribed_at") && has("respondent", "respondent_else");
  if (!hasAnswer && !tellsOfPeople && !has("bounced_at"))
    return "No column is a score, a comment, or the date on which a person was asked or unsubscribed.";
  if (hasAnswer && !has("created_at", "created_at_else"))
    return "No column says when an answer was given (created_at).";
  if (has("score") && !has("survey_type"))
    return "A column fills score, and none fills survey_type: say nps or csat instead.";
  if (dateOrder === "ask") return "The dates can be read in two ways: say whether the day or the month comes first.";
  return null;
}

/** How many names of the product's longest sign the table has; −1 where it has no sign whole. */
export function signsOf(map: TableMap, headers: readonly string[]): number {
  const keys = new Set((map.signIsFirst ? headers.slice(0, 1) : headers).map(keyOf));
  const whole = map.signs.filter((names) => names.every((name) => keys.has(name)));
  return Math.max(-1, ...whole.map(({ length }) => length));
}

export function planOf(map: TableMap, given: readonly string[], rows: Rows): ImportPlan {
  const skippedRows = hasSecondHeader(map, given, rows) ? 1 : 0;
  const headers = skippedRows > 0 ? joinedHeaders(given, rows[0] ?? []) : [...given];
  const cells = headers.map((_, index) => filledCells(rows.slice(skippedRows), index));
  const known = headers.map((header, index) => (isRepeat(map, cells, index) ? null : knownField(map, header)));
  const table = headers.map((header, index) => ({ header, cells: cells[index] ?? [] }));
  const fields = map.others === "guess" ? guessFields(table, known) : withProperties(table, known);
  const hasType = fields.includes("survey_type");
  const columns = headers.map((header, index) => {
    const field = isSecond(fields, index) ? null : (fields[index] ?? null);
    return { header, field: field === "score" && !hasType ? questionOf(cells[index] ?? []) : field };
  });
  const dates = columns.flatMap(({ field }, index) => (dateFields.includes(field) ? (cells[index] ?? []) : []));
  return { source: map.source, columns, dateOrder: dateOrderOf(dates), skippedRows };
}

function filledCells(rows: Rows, index: number): string[] {
  return rows.map((row) => row[index]?.trim() ?? "").filter((cell) => cell !== "");
}

function hasSecondHeader({ emptyInSecondHeader }: TableMap, headers: readonly string[], [second]: Rows): boolean {
  if (emptyInSecondHeader === undefined || second === undefined) return false;
  const index = headers.findIndex((header) => keyOf(header) === emptyInSecondHeader);
  return (second[index]?.trim() ?? "") === "" && second.some((cell) => cell.trim() !== "");
}

function isRepeat({ hasRepeats }: TableMap, cells: readonly string[][], index: number): boolean {
  const text = JSON.stringify(cells[index]);
  return hasRepeats === true && text !== "[]" && cells.slice(0, index).some((each) => JSON.stringify(each) === text);
}

/** Whether a column before it fills the same field, and only one can. */
function isSecond(fields: readonly (ImportField | null)[], index: number): boolean {
  const field = fields[index];
  return field !== null && field !== undefined && !sharedFields.includes(field) && fields.indexOf(field) < index;
}

function knownField(map: TableMap, header: string): ImportField | null | undefined {
  const key = keyOf(header);
  if (ADDED.test(header.trim())) return null;
  const own = ownField(map, header);
  if (own !== undefined) return own;
  const prefix = map.propertyPrefixes?.find((each) => key.startsWith(each));
  if (prefix !== undefined) return propertyField(header.trim().slice(prefix.length));
  return map.onlyBeginning?.every((each) => !key.startsWith(each)) ? null : undefined;
}

/** A name that spans several columns stands in the first of them; the row below tells them apart. */
function joinedHeaders(headers: readonly string[], below: readonly string[]): string[] {
  let before = "";
  return headers.map((header, index) => {
    const name = header.trim();
    if (name !== "") before = name;
    const spans = name === "" || headers[index + 1]?.trim() === "";
    return spans ? `${before} ${below[index]?.trim() ?? ""}`.trim() : name;
  });
}
