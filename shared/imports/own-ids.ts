/**
 * Ids for answers whose file has none. A long file goes to the collector in parts, and each part may come again: so an answer
 * without an id gets one that is the same whenever the file is read again, by what it says and by how many equal ones came
 * before it. A million such answers take some 30 MB of memory.
 */
import type { ImportLine } from "../schema/import.ts";

export class OwnIds {
  readonly #seen = new Counts();

  /** The line; an answer without an id gets one. */
  give(line: ImportLine): ImportLine {
    if (isAboutPerson(line) || line.id) return line;
    const hash = hashOf(JSON.stringify(line));
    return { ...line, id: `row ${hash.toString(36)} ${this.#seen.add(hash)}` };
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

/** How often each hash came: a table of open addresses, which takes a tenth of the memory of a `Map`. */
class Counts {
  #hashes = new Float64Array(1 << 10).fill(FREE);
  #counts = new Uint32Array(1 << 10);
  #used = 0;

  /** How often the hash came before. */
  add(hash: number): number {
    if (this.#used * 2 > this.#hashes.length) this.#grow();
    const at = this.#placeOf(hash);
    if (this.#hashes[at] === FREE) this.#used++;
    this.#hashes[at] = hash;
    return this.#counts[at]!++;
  }

  /** Where the hash stands, or would stand. */
  #placeOf(hash: number): number {
    const last = this.#hashes.length - 1;
    let at = hash % this.#hashes.length;
    while (this.#hashes[at] !== FREE && this.#hashes[at] !== hash) at = at === last ? 0 : at + 1;
    return at;
  }

  #grow(): void {
    const [hashes, counts] = [this.#hashes, this.#counts];
    this.#hashes = new Float64Array(hashes.length * 2).fill(FREE);
    this.#counts = new Uint32Array(hashes.length * 2);
    hashes.forEach((hash, index) => {
      if (hash === FREE) return;
      const at = this.#placeOf(hash);
      this.#hashes[at] = hash;
      this.#counts[at] = counts[index]!;
    });
  }
}

/** No hash is negative. */
const FREE = -1;
