/** What a column of another product's file can fill. */
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import { asSeen, firstCharacters } from "../text.ts";

/**
 * `score`: the answer to the question that `survey_type` names in the same row. `created_at_else` and `respondent_else`: when and
 * by whom, where no column of `created_at` or `respondent` says so. `asked_at`: when the person was last asked. `unsubscribed`:
 * yes or no; `unsubscribed_at`: since when. `bounced_at`: when a mail to the person came back. `excluded`: whether the product
 * itself does not count the answer. `properties`: an object of JSON with many.
 */
export const plainFields = [
  "id",
  "created_at",
  "created_at_else",
  ...scoreNames,
  "score",
  "survey_type",
  "comment",
  "respondent",
  "respondent_else",
  "tags",
  "note",
  "locale",
  "channel",
  "asked_at",
  "unsubscribed",
  "unsubscribed_at",
  "bounced_at",
  "excluded",
  "properties",
] as const;

const PROPERTY = "properties.";
export type PropertyField = `${typeof PROPERTY}${string}`;
export type ImportField = ScoreName | (typeof plainFields)[number] | PropertyField;

/**
 * The fields that several columns can fill: comments, notes and tags are put together, and of those that say who answered, or
 * when, the first one counts that is not empty.
 */
export const sharedFields: readonly ImportField[] = [
  "comment",
  "note",
  "tags",
  "respondent",
  "respondent_else",
  "created_at_else",
  "excluded",
];

/** The name of the property that a column fills, or null for another field. */
export function propertyOf(field: ImportField): string | null {
  return field.startsWith(PROPERTY) ? field.slice(PROPERTY.length) : null;
}

/** The property of a column with this header, its name cut to what a property's may have; null where no name is left. */
export function propertyField(header: string): PropertyField | null {
  const name = firstCharacters(asSeen(header), limits.propertyNameCharacters).trim();
  return name === "" || name === "__proto__" ? null : `${PROPERTY}${name}`;
}

export function isImportField(text: string): text is ImportField {
  const isProperty = text.startsWith(PROPERTY) && propertyField(text.slice(PROPERTY.length)) === text;
  return isProperty || (plainFields as readonly string[]).includes(text);
}
