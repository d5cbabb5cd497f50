import { asSeen } from "../text.ts";
import type { ImportField } from "./fields.ts";

/** The products whose files are recognised. The name is the `source` of an import. */
export const sourceNames = [
  "vidhuk",
  "delighted",
  "wootric",
  "satismeter",
  "retently",
  "asknicely",
  "formbricks",
  "posthog",
  "surveymonkey",
  "typeform",
  "google_forms",
  "bitrix24",
  "spreadsheet",
] as const;
export type SourceName = (typeof sourceNames)[number];

/** What is known of the tables of a product. */
export type TableMap = {
  source: SourceName;
  /** Lists of column names as `keyOf` has them: a table that has all names of one of them is of this product. */
  signs: readonly (readonly string[])[];
  /** Whether the sign is one column, which has to be the first. */
  signIsFirst?: boolean;
  /** The product's own columns by their names as `keyOf` has them; null leaves one out. */
  columns: Readonly<Record<string, ImportField | null>>;
  /** How the names of columns begin that hold what the product knew of a person: each becomes a property without that. */
  propertyPrefixes?: readonly string[];
  /** All other columns: their names and values are looked at, or each of them becomes a property. */
  others: "guess" | "properties";
  /** Of the other columns only those whose names begin so are looked at; the rest is left out. */
  onlyBeginning?: readonly string[];
  /** Whether a column may hold the same as one before it under another name, and is left out then. */
  hasRepeats?: boolean;
  /** Whether records of several kinds may stand in one file, so that those of the beginning do not have all columns. */
  hasSeveralKinds?: boolean;
  /** A column that is empty in a second row of names, where the product writes one. */
  emptyInSecondHeader?: string;
};

/** Characters of a column's name that are looked at: a question may be long, and a broken file has longer ones. */
const KEY_CHARACTERS = 500;

/** A column's name as it is compared: `Survey Type` and `survey_type` are the same. */
export function keyOf(header: string): string {
  return asSeen(header.slice(0, KEY_CHARACTERS).replaceAll("_", " ")).toLowerCase();
}

/** What the product's own column of this name fills; undefined for a column that is not one of them. */
export function ownField(map: TableMap, header: string): ImportField | null | undefined {
  const key = keyOf(header);
  return Object.hasOwn(map.columns, key) ? map.columns[key] : undefined;
}
