/**
 * Ids for answers whose file has none. A long file goes to the collector in parts, and each part may come again: so an answer
 * without an id gets one that is the same whenever the file is read again, by what it says and by how many equal ones came
 * before it. It takes some forty bytes of memory for each such answer.
 */
import type { ImportLine } from "../schema/import.ts";

export class OwnIds {
  readonly #seen = new Map<number, number>();

  /** The line; an answer without an id gets one. */
  give(line: ImportLine): ImportLine {
    if (isAboutPerson(line) || line.id) return line;
    const hash = hashOf(JSON.stringify(line));
    const before = this.#seen.get(hash) ?? 0;
    this.#seen.set(hash, before + 1);
    return { ...line, id: `row ${hash.toString(36)} ${before}` };
  }
}

/** Whether the line says something about a person, and brings no answer. */
export function isAboutPerson(line: ImportLine): line is Extract<ImportLine, { type: "asked" | "unsubscribe" }> {
  return line.type === "asked" || line.type === "unsubscribe";
}

/** 53 bits of the text: two 32-bit hashes (FNV-1a with two primes), of the second 21 bits. Two texts that share one get other places. */
function hashOf(text: string): number {
  let one = 0x811c9dc5;
  let two = 0x9dc5811c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x85ebca6b);
    two ^= two >>> 13;
  }
  return (one >>> 0) + (two & 0x1fffff) * 2 ** 32;
}
