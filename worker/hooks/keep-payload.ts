/** What is kept of the last payload: enough to choose pointers from, and no more of a person or a secret than that needs. */
import { limits } from "../../shared/limits.ts";

const MOST_MEMBERS = 5;
const MOST_NAMES = 100;
const MOST_LEVELS = limits.hookFormLevels;
/** Names whose values let somebody in, or pay for something. */
const SECRET = /token|secret|passw|signature|authoriz|api_?key|card_?number|cvc|cvv|iban/i;
const HIDDEN = "…";

/** The payload as JSON with long texts and lists cut and secrets taken out; null where it is still larger than is kept. */
export function keptPayload(payload: unknown): string | null {
  const kept = JSON.stringify(shortened(payload, 0) ?? null);
  return new TextEncoder().encode(kept).byteLength <= limits.hookPayloadBytes ? kept : null;
}

function shortened(value: unknown, level: number): unknown {
  if (typeof value === "string")
    return [...value.slice(0, 2 * limits.hookPayloadTextCharacters)]
      .slice(0, limits.hookPayloadTextCharacters)
      .join("");
  if (typeof value !== "object" || value === null) return value;
  if (level === MOST_LEVELS) return HIDDEN;
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((each) => shortened(each, level + 1));
  const entries = Object.entries(value)
    .slice(0, MOST_NAMES)
    .map(([name, inner]) => [name, SECRET.test(name) && isScalar(inner) ? HIDDEN : shortened(inner, level + 1)]);
  return Object.fromEntries(entries);
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
