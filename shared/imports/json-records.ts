/** The records of a JSON file of any size, read piece by piece in constant memory. */
import { isRecord } from "../is-record.ts";
import { limits } from "../limits.ts";
import { UnreadableFile } from "./text.ts";

/** A record, or why it is none; `line`: the number of its first line in the file, from 1. */
export type JsonRecord = { line: number } & ({ value: Record<string, unknown> } | { fault: string });

/**
 * The records of an array, of NDJSON, and of objects that hold one array of records, as the pages of an API do. Throws
 * `UnreadableFile` for text that is no JSON and for an object or record that is longer than `limits.importRecordCharacters`.
 */
export async function* jsonRecords(text: AsyncIterable<string>): AsyncGenerator<JsonRecord[]> {
  const scanner = new Scanner();
  for await (const piece of text) yield scanner.take(piece);
  scanner.end();
}

/** Cuts the text into its records: the objects that lie in no other object, whether an array is around them or not. */
class Scanner {
  #text = "";
  #line = 1;
  /** Open braces, and open brackets within them. */
  #depth = 0;
  #began = 1;
  #inString = false;
  #escaped = false;
  #brackets = 0;
  #records = 0;

  take(piece: string): JsonRecord[] {
    const found: JsonRecord[] = [];
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const sign = piece[at]!;
      if (sign === "\n") this.#line++;
      if (this.#escaped) this.#escaped = false;
      else if (this.#inString) {
        if (sign === "\\") this.#escaped = true;
        else if (sign === '"') this.#inString = false;
      } else if (this.#depth > 0) {
        if (sign === '"') this.#inString = true;
        else if (sign === "{") this.#depth++;
        else if (sign === "}" && --this.#depth === 0) {
          found.push(...recordsOf(this.#text + piece.slice(from, at + 1), this.#began));
          this.#text = "";
        }
      } else if (sign === "{") {
        this.#records++;
        this.#depth = 1;
        this.#began = this.#line;
        from = at;
      } else this.#between(sign);
    }
    if (this.#depth > 0) this.#text += piece.slice(from);
    if (this.#text.length > limits.importRecordCharacters)
      throw new UnreadableFile(
        `The object that begins on line ${this.#began} is longer than ${limits.importRecordCharacters} characters. ` +
          "Save the records as one array, or one on each line.",
      );
    return found;
  }

  end(): void {
    if (this.#depth > 0)
      throw new UnreadableFile(`The file ends within the object that begins on line ${this.#began}.`);
    if (this.#brackets > 0) throw new UnreadableFile("The file ends before its array does: it was cut off.");
    if (this.#records === 0) throw new UnreadableFile("The file has no records.");
  }

  /** What may stand between records: spaces, commas, and the brackets of an array around them. */
  #between(sign: string): void {
    if (sign === "[" && this.#brackets === 0) this.#brackets++;
    else if (sign === "]" && this.#brackets === 1) this.#brackets--;
    else if (!/[\s,\uFEFF]/.test(sign))
      throw new UnreadableFile(
        `Line ${this.#line} is no record of JSON: it has ${JSON.stringify(sign)} outside of an object.`,
      );
  }
}

/** Under which names the pages of APIs, and dumps of them, hold their records. */
const listNames = [
  "data",
  "items",
  "people",
  "records",
  "responses",
  "results",
  "survey_responses",
  "unsubscribes",
  "bounces",
];

/** The object; of a page of an API the records on it. */
function recordsOf(text: string, line: number): JsonRecord[] {
  const value = parsed(text);
  if (!isRecord(value)) return [{ line, fault: "is not JSON" }];
  const list = listNames.map((name) => value[name]).find((each) => Array.isArray(each));
  if (!list) return [{ line, value }];
  return list.map((each: unknown) => (isRecord(each) ? { line, value: each } : { line, fault: "is no object" }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
