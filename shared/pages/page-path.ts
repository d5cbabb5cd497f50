/** The path of a page as the segment `page` counts it: one value for all pages that differ in a number or an id alone. */
import { limits } from "../limits.ts";
import { asSeen, firstCharacters } from "../text.ts";

/**
 * The path without its parts that are digits, ids or addresses of people: `/orders/1042/items` is `/orders/items`. It begins
 * with a slash, ends with none, and has at most `limits.propertyValueCharacters` characters. `page`: an address with its scheme.
 */
export function pagePath(page: string): string {
  const path = /^\w+:\/\/[^/?#]*([^?#]*)/.exec(page)?.[1] ?? "";
  const parts = path
    .split("/")
    .map((part) => asSeen(decoded(part)))
    .filter((part) => part !== "" && !isId(part));
  return firstCharacters(`/${parts.join("/")}`, limits.propertyValueCharacters).trimEnd();
}

/** Whether the part says which one, and not what kind of page it is. */
function isId(part: string): boolean {
  if (/^[\d\s.,:_~-]+$/.test(part) || part.includes("@")) return true;
  if (/^[0-9a-f-]{16,}$/i.test(part) && /\d/.test(part)) return true;
  return part.split(/[^a-z0-9]+/i).some(isRandom);
}

/** Hexadecimal digits, or letters and digits in no order that a word has. */
function isRandom(piece: string): boolean {
  if (piece.length < 8) return false;
  if (/^[0-9a-f]+$/i.test(piece) && /\d/.test(piece) && /[a-f]/i.test(piece)) return true;
  // A capital that begins a word is no change.
  return (piece.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[a-zA-Z])/g)?.length ?? 0) >= LEAST_CHANGES;
}

/** `iphone15pro` changes twice between letters and digits, and `x7k2m9q4` seven times. */
const LEAST_CHANGES = 4;

/** A part whose escapes are not UTF-8 is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
