import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import type { Converted } from "./convert.ts";
import { convertRecords, convertTable } from "./convert.ts";

export const fileBytes = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url));

export const cellsOf = (text: string, delimiter: string) =>
  Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data;

export function convertFile(name: string, changes?: Partial<ImportPlan>): Converted {
  return /json$/.test(name) ? convertRecords(fileBytes(name)) : convertTable(fileBytes(name), cellsOf, changes);
}

export function convertText(text: string, changes?: Partial<ImportPlan>): Converted {
  return convertTable(new TextEncoder().encode(text), cellsOf, changes);
}

/** The columns of a plan as `header → field`, the ones left out apart. */
export const fieldsOf = ({ columns }: ImportPlan) =>
  Object.fromEntries(columns.flatMap(({ header, field }) => (field === null ? [] : [[header, field]])));
