/**
 * Records of JSON, as APIs and connectors write them, read as the rows of a table: a name within an object is a column such as
 * `person.email`.
 */
import { isRecord } from "../is-record.ts";
import { limits } from "../limits.ts";
import type { ImportField } from "./fields.ts";
import type { ImportPlan } from "./plan.ts";
import { planOf, signsOf } from "./plan.ts";
import type { ReadResult } from "./read-row.ts";
import { readRow } from "./read-row.ts";
import { tableMaps } from "./sources.ts";
import type { TableMap } from "./table-map.ts";
import { keyOf, ownField } from "./table-map.ts";
import { isWrapped, unwrapped } from "./unwrap.ts";

/** Fields that read a list or an object as a whole. */
const packed: readonly (ImportField | null)[] = ["properties", "tags", "note"];

/** Objects within objects are looked into so far. */
const DEPTH = 4;

/**
 * The plans that fit the records, the best first; the last is always that of a plain spreadsheet. `first`: the first records of
 * the file, 200 are enough. Records of connectors may be of several tables: all columns that the product has are planned then.
 */
export function plansForRecords(first: readonly unknown[]): ImportPlan[] {
  const records = first.map(unwrapped).filter((record) => record !== null);
  const isMixed = first.some(isWrapped);
  return tableMaps
    .map((map) => ({ map, headers: headersOf(map, records, isMixed || map.hasSeveralKinds === true) }))
    .map(({ map, headers }) => ({
      map,
      headers,
      signs: signsOf(map, records.length > 0 ? namesIn(map, records) : headers),
    }))
    .filter(({ signs }) => signs >= 0)
    .sort((a, b) => b.signs - a.signs)
    .map(({ map, headers }) => {
      const fields = headers.map((header) => ownField(map, header) ?? null);
      const rows = records.map((record) =>
        headers.map((header, index) => cellAt(record, header, fields[index] ?? null)),
      );
      return planOf(map, headers, rows);
    });
}

/** One record by its plan. Messages of connectors that hold no record are left out. */
export function readRecord(plan: ImportPlan, record: unknown): ReadResult {
  const found = unwrapped(record);
  if (found === null) return { left_out: isRecord(record) ? "is a message of the connector" : "is no record" };
  return readRow(
    plan,
    plan.columns.map(({ header, field }) => (field === null ? "" : cellAt(found, header, field))),
  );
}

/** What the record has for each of the plan's columns, also for those that are left out. */
export function recordCells({ columns }: ImportPlan, record: unknown): string[] {
  const found = unwrapped(record);
  return found === null ? [] : columns.map(({ header, field }) => cellAt(found, header, field));
}

/** The columns in the order of the product's own, for the first that says who answered is taken; then all others. */
function headersOf(map: TableMap, records: readonly Record<string, unknown>[], isMixed: boolean): string[] {
  const names = namesIn(map, records);
  const own = Object.keys(map.columns).flatMap((key) => {
    const found = names.filter((name) => keyOf(name) === key);
    return found.length > 0 || !isMixed ? found : [key.replaceAll(" ", "_")];
  });
  return [...own, ...names.filter((name) => !own.includes(name))].slice(0, limits.importColumns);
}

function namesIn(map: TableMap, records: readonly Record<string, unknown>[]): string[] {
  const names = new Set<string>();
  for (const record of records) addNames(map, record, "", names);
  return [...names];
}

function addNames(map: TableMap, record: Record<string, unknown>, within: string, names: Set<string>): void {
  for (const [name, value] of Object.entries(record)) {
    if (name === "__proto__") continue;
    const path = within + name;
    const field = ownField(map, path);
    const isOpen = isRecord(value) && !packed.includes(field ?? null) && path.split(".").length < DEPTH;
    if (isOpen && field !== null) addNames(map, value, `${path}.`, names);
    if (!isOpen || field !== undefined) names.add(path);
  }
}

function cellAt(record: Record<string, unknown>, path: string, field: ImportField | null): string {
  const value = valueAt(record, path);
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if (packed.includes(field)) return JSON.stringify(value);
  return Array.isArray(value) ? value.filter((each) => typeof each !== "object").join(", ") : "";
}

/** The value under the path, whose names may have dots of their own. */
function valueAt(record: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const inner = Object.hasOwn(record, path.slice(0, dot)) ? record[path.slice(0, dot)] : undefined;
    const value = isRecord(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
