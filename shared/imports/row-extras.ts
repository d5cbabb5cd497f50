/** What a row knows beside the answer: properties, tags, a note, a language and a channel. */
import { isRecord } from "../is-record.ts";
import type { ImportLine } from "../schema/import.ts";
import type { Properties } from "../schema/response.ts";
import { propertyOf } from "./fields.ts";
import { keptProperties, keptTags, localeOf, notesOf } from "./kept.ts";
import { quoted } from "./quoted.ts";
import type { Cells } from "./row-cells.ts";
import { Fault, first, joined, textsOf } from "./row-cells.ts";

export type ImportedResponse = Extract<ImportLine, { nps?: unknown }>;

export function extrasOf(given: Cells): Partial<ImportedResponse> {
  const properties = propertiesOf(given);
  const tags = keptTags(textsOf(given, "tags").flatMap(tagsIn));
  const note = joined(textsOf(given, "note").map(noteIn), "\n");
  const locale = localeOf(first(given, "locale"));
  const channel = first(given, "channel");
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(note ? { note } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(channel === undefined ? {} : { channel: channel as "import" }),
  };
}

function propertiesOf(given: Cells): Properties {
  const columns = [...given].flatMap(([field, [cell]]) => {
    const name = propertyOf(field);
    return name === null ? [] : [[name, cell?.text] as const];
  });
  const packed = first(given, "properties");
  return keptProperties([...columns, ...(packed === undefined ? [] : pairsIn(packed))]);
}

/** The names and values of an object of JSON, or of a list of objects with a `label` or `name` and a `value`. */
function pairsIn(text: string): [name: string, value: unknown][] {
  const found = jsonIn(text);
  if (isRecord(found)) return Object.entries(found);
  if (Array.isArray(found))
    return found.filter(isRecord).map((each) => [String(each.label ?? each.name ?? ""), each.value]);
  throw new Fault(`properties are ${quoted(text)}, which is no object of JSON`);
}

function tagsIn(text: string): string[] {
  const list = text.startsWith("[") ? jsonIn(text) : undefined;
  return Array.isArray(list)
    ? list.map((tag) => String(isRecord(tag) ? (tag.name ?? tag.value ?? "") : tag))
    : text.split(/[,;]/);
}

/** The texts of notes that came as JSON, as an API lists them; any other text is the note itself. */
function noteIn(text: string): string {
  const list = text.startsWith("[") ? jsonIn(text) : undefined;
  return Array.isArray(list) ? notesOf(list) : text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
