/** What a row has for each field. */
import type { ImportField } from "./fields.ts";

/** Why a row is refused. */
export class Fault extends Error {}

/** `isUtc`: the name of the column says so. */
export type Cell = { text: string; isUtc: boolean };
export type Cells = ReadonlyMap<ImportField, readonly Cell[]>;

export function first(given: Cells, field: ImportField): string | undefined {
  return given.get(field)?.[0]?.text;
}

export function textsOf(given: Cells, field: ImportField): string[] {
  return (given.get(field) ?? []).map(({ text }) => text);
}

/** The texts, each once. */
export function joined(texts: readonly string[], separator: string): string {
  return [...new Set(texts)].filter(Boolean).join(separator);
}
