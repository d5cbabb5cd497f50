/**
 * A survey's settings taken apart into fields: what two people can change at the same time without disturbing each other. A
 * group (theme, throttle …) is one field for each of its names, the texts are one for each language and text, a list is one
 * field as a whole. A field is named by its JSON pointer (RFC 6901).
 */
import { isRecord } from "./is-record.ts";

const groups: readonly string[] = ["targeting", "throttle", "theme", "thanks", "targets"];

/** The value of each field, by its pointer. `settings` have been checked: their names need no escaping. */
export function fieldsOf(settings: object): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(settings)) {
    if (groups.includes(name))
      for (const [key, inner] of Object.entries(value as object)) fields.set(`/${name}/${key}`, inner);
    else if (name === "texts")
      for (const [language, own] of Object.entries(value as object))
        for (const [key, text] of Object.entries(own as object)) fields.set(`/${name}/${language}/${key}`, text);
    else fields.set(`/${name}`, value);
  }
  return fields;
}

/** The pointers of the fields whose values differ, in order. A text that one side lacks is a difference. */
export function changedFields(before: object, after: object): string[] {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  const all = new Set([...old.keys(), ...next.keys()]);
  return [...all].filter((field) => JSON.stringify(old.get(field)) !== JSON.stringify(next.get(field))).sort();
}

/**
 * The settings with the changes of a `PATCH`, not yet checked. Groups are merged one level deep; lists and triggers are
 * replaced whole. The texts are replaced whole too, unless `mergesTexts`: then each text that is named is changed, null takes
 * one back to the built-in wording, and the others stay.
 */
export function mergeSettings(
  settings: object,
  changes: Record<string, unknown>,
  mergesTexts: boolean,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(changes)) {
    if (groups.includes(name) && isRecord(value)) next[name] = { ...(next[name] as object), ...value };
    else if (mergesTexts && name === "texts" && isRecord(value)) next[name] = mergedTexts(next[name], value);
    else next[name] = value;
  }
  return next;
}

function mergedTexts(texts: unknown, changes: Record<string, unknown>): Record<string, unknown> {
  const next: Record<string, unknown> = { ...(texts as object) };
  for (const [language, own] of Object.entries(changes)) {
    if (!isRecord(own)) {
      next[language] = own;
      continue;
    }
    const merged = Object.entries({ ...(next[language] as object | undefined), ...own });
    next[language] = Object.fromEntries(merged.filter(([, text]) => text !== null));
  }
  return next;
}

/** The body of a `PATCH` that gives these fields the values they have in `settings`; a text that is not there is null. */
export function patchOf(settings: object, fields: Iterable<string>): Record<string, unknown> {
  const values = fieldsOf(settings);
  let patch: Record<string, unknown> = {};
  for (const field of fields) patch = withValue(patch, field.split("/").slice(1), values.get(field) ?? null);
  return patch;
}

function withValue(body: unknown, [name, ...rest]: string[], value: unknown): Record<string, unknown> {
  const there = isRecord(body) ? body : {};
  return { ...there, [name!]: rest.length === 0 ? value : withValue(there[name!], rest, value) };
}
