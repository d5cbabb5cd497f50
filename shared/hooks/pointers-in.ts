/** The pointers to choose from in a payload that somebody has pasted. */
import { FormFault, nestedForm } from "./nested-form.ts";
import { pointerPart } from "./pointer.ts";

export type Found = { pointer: string; value: string };

/** As many as one can look through. */
const MOST = 200;
const MOST_LEVELS = 8;

/** The payload that the text is, as JSON or as a form; null where it is neither. */
export function payloadIn(text: string): unknown {
  const pasted = text.trim();
  if (pasted === "") return null;
  try {
    return /^[[{]/.test(pasted) ? JSON.parse(pasted) : nestedForm(pasted);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof FormFault) return null;
    throw error;
  }
}

/** Where texts, numbers and truth values are in the payload, in its order; of a list the first member. */
export function pointersIn(payload: unknown): Found[] {
  const found: Found[] = [];
  collect(payload, "", 0, found);
  return found;
}

function collect(value: unknown, pointer: string, level: number, found: Found[]): void {
  if (found.length === MOST || level > MOST_LEVELS || value === null) return;
  if (typeof value !== "object") {
    found.push({ pointer, value: String(value) });
    return;
  }
  const entries = Array.isArray(value) ? Object.entries(value.slice(0, 1)) : Object.entries(value as object);
  for (const [name, inner] of entries) collect(inner, pointer + pointerPart(name), level + 1, found);
}
