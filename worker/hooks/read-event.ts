/** An event of another program as the fields of an invitation, by the pointers of a hook. */
import { valueAt } from "../../shared/hooks/pointer.ts";
import type { Language } from "../../shared/languages.ts";
import { languageOf, languages } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { respondentIdSchema } from "../../shared/schema/response.ts";
import { cleanText } from "../../shared/text.ts";
import type { HookSkip } from "../../shared/vocabulary.ts";
import type { HookSettings } from "../db/hooks.ts";

export type ReadEvent = {
  event: string | null;
  respondent: string | null;
  email: string | null;
  language: Language | null;
  time_zone: string | null;
  properties: Properties;
  /** Whether the condition holds; null where there is none. */
  condition: boolean | null;
};

/** Longer than any mail address. */
const MOST_EMAIL = 320;
/** Longer than any id of an event that a program makes. */
const MOST_EVENT = 500;

/** The events in what was sent: one, or the members of the list that `each` names. At most `limits.hookEvents` are read. */
export function eventsIn(payload: unknown, { each }: Pick<HookSettings, "each">): unknown[] {
  if (each === null) return [payload];
  const list = valueAt(payload, each);
  if (typeof list !== "object" || list === null) return [];
  // A form has no lists: `leads[0][id]` is an object of numbered names.
  return (Array.isArray(list) ? list : Object.values(list)).slice(0, limits.hookEvents);
}

/** What the pointers find. A value that cannot be what it is meant to be is null, and a property without a value is left out. */
export function readEvent(event: unknown, { map, when }: Pick<HookSettings, "map" | "when">): ReadEvent {
  const at = (pointer: string | undefined) => (pointer === undefined ? null : textOf(valueAt(event, pointer)));
  const email = at(map.email);
  const language = languageOf(at(map.language)?.replace("_", "-"));
  return {
    event: within(at(map.event), MOST_EVENT),
    respondent: respondentIdSchema.safeParse(at(map.respondent)).data ?? null,
    email: email?.includes("@") ? within(email, MOST_EMAIL) : null,
    language: languages.find((each) => each === language) ?? null,
    time_zone: zoneOf(at(map.time_zone)),
    properties: propertiesOf(event, map.properties ?? {}),
    condition: when && holds(valueAt(event, when.pointer), when.equals),
  };
}

/** Why the event brings no invitation, as far as it tells that itself; null if it may bring one. */
export function whyNoEvent({ event, respondent, condition }: ReadEvent): HookSkip | null {
  // The condition first: of the many events that are not meant, nobody needs to hear that they name nobody.
  if (condition === false) return "condition";
  if (event === null) return "no_event";
  return respondent === null ? "no_respondent" : null;
}

/** Whether two values are the same as a form would write them. */
function holds(found: unknown, wanted: NonNullable<HookSettings["when"]>["equals"]): boolean {
  const text = textOf(found);
  return text !== null && [wanted].flat().some((each) => String(each).trim() === text);
}

/** A text, a number or a truth value as a text without blanks at its ends; null for anything else, and for nothing. */
function textOf(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return null;
  const text = cleanText(value).trim();
  return text === "" ? null : text;
}

function within(text: string | null, most: number): string | null {
  return text !== null && text.length <= most ? text : null;
}

function zoneOf(name: string | null): string | null {
  if (name === null || name.length > MOST_ZONE) return null;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return null;
  }
}

const MOST_ZONE = 60;

/** The values that the pointers name; a text that is too long is cut, for a segment of it still tells something. */
function propertiesOf(event: unknown, pointers: Readonly<Record<string, string>>): Properties {
  const found: Properties = {};
  for (const [name, pointer] of Object.entries(pointers)) {
    const value = valueAt(event, pointer);
    const text = textOf(value);
    if (typeof value === "number" || typeof value === "boolean") found[name] = value;
    else if (text !== null) found[name] = [...text].slice(0, limits.propertyValueCharacters).join("");
  }
  return found;
}
