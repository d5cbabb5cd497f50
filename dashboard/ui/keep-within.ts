import { firstCharacters } from "../../shared/text.ts";

/**
 * The field's value, cut to the first `most` characters as the collector counts them, in the field too. For short names and
 * searches: the browser's own `maxlength` counts an emoji twice.
 */
export function keepWithin(field: HTMLInputElement, most: number): string {
  const kept = firstCharacters(field.value, most);
  if (kept !== field.value) field.value = kept;
  return kept;
}
