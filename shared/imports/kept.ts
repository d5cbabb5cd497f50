/** What a product knew beside the answer, cut to what the collector keeps. Answers themselves are never cut. */
import { isRecord } from "../is-record.ts";
import { limits } from "../limits.ts";
import type { Properties } from "../schema/response.ts";
import { asSeen, firstCharacters } from "../text.ts";

/**
 * The properties: names and values cut to their lengths, and no more of them than the collector takes; a list as its texts. What
 * is empty, and objects within objects, are left out.
 */
export function keptProperties(given: Iterable<readonly [name: string, value: unknown]>): Properties {
  const found = new Map<string, Properties[string]>();
  for (const [written, value] of given) {
    const name = firstCharacters(asSeen(written), limits.propertyNameCharacters).trim();
    const kept = keptValue(value);
    const isNew = name !== "" && name !== "__proto__" && !found.has(name);
    if (kept !== undefined && isNew && found.size < limits.properties) found.set(name, kept);
  }
  return Object.fromEntries(found);
}

function keptValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return keptValue(value.filter((each) => typeof each !== "object").join(", "));
  if (typeof value !== "string" || value.trim() === "") return undefined;
  return firstCharacters(value.trim(), limits.propertyValueCharacters);
}

/** The tags, each once, cut to their length, and no more than the collector takes. */
export function keptTags(texts: readonly string[]): string[] {
  const cut = texts.map((text) => firstCharacters(text.trim(), limits.tagCharacters).trim());
  return [...new Set(cut)].filter((tag) => tag !== "").slice(0, limits.tags);
}

/** Notes as APIs list them: texts, objects with a `text`, and answers to further questions, one below the other. */
export function notesOf(notes: readonly unknown[]): string {
  return notes.map(noteOf).filter(Boolean).join("\n");
}

function noteOf(note: unknown): string {
  if (!isRecord(note)) return typeof note === "string" ? note.trim() : "";
  if (!isRecord(note.question)) return typeof note.text === "string" ? note.text.trim() : "";
  const answer = answerOf(note.value);
  return answer === "" ? "" : `${note.question.text}: ${answer}`;
}

/** The answer in an object that has a name for each kind of question, as Delighted writes it: one of them is filled. */
function answerOf(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(answerOf).filter(Boolean).join(", ");
  if (!isRecord(value)) return "";
  if (typeof value.text === "string") return value.text;
  return Object.values(value).map(answerOf).find(Boolean) ?? "";
}

/** A language tag as products write it, `en_US` too; undefined for the name of a language. */
export function localeOf(text: string | undefined): string | undefined {
  const tag = text?.replaceAll("_", "-");
  return tag !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}
