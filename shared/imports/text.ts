/** The bytes of a file as text, part by part. */

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251";

/** A file that cannot be read as text. The message is for the person who chose the file. */
export class UnreadableFile extends Error {}

/** Bytes that a character of UTF-8 takes at most, and that the longest of the beginnings below has. */
const CHARACTER_BYTES = 4;

/** How files begin that are no text, and what to do about them. */
const others: readonly (readonly [begins: readonly number[], message: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "The file is a workbook of Excel or a ZIP archive. Unpack it, or save the table as CSV."],
  [[0xd0, 0xcf, 0x11, 0xe0], "The file is a workbook of Excel. Save the table as CSV."],
  [[0x1f, 0x8b], "The file is compressed with gzip. Unpack it first."],
];

const marks: readonly (readonly [begins: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Reads UTF-8, UTF-16 with its byte order mark, and else Windows-1251: the first part with bytes past ASCII settles it, for
 * what is no UTF-8 there is Windows-1251. The byte order mark is left out.
 */
export class FileDecoder {
  #kept: Uint8Array = new Uint8Array();
  #decoder: TextDecoder | null = null;
  #isBegun = false;
  #line = 1;
  #encoding: Encoding = "utf-8";

  /** In which encoding the file is read; of a file that is plain ASCII so far, `utf-8`. */
  get encoding(): Encoding {
    return this.#encoding;
  }

  /**
   * The text of the next bytes. Throws UnreadableFile for a compressed file or another that is no text, and where a file in
   * UTF-8 goes on in another encoding.
   */
  decode(bytes: Uint8Array): string {
    return this.#read(bytes, false);
  }

  /** What was kept back until the end of the file. Throws as `decode` does. */
  end(): string {
    return this.#read(new Uint8Array(), true);
  }

  #read(bytes: Uint8Array, isLast: boolean): string {
    const all = joined(this.#kept, bytes);
    this.#kept = new Uint8Array();
    if (!this.#isBegun && !isLast && all.length < CHARACTER_BYTES) return this.#keep(all);
    if (!this.#isBegun) this.#begin(all);
    if (this.#decoder) return this.#decoded(this.#decoder, all, isLast);
    const ascii = all.findIndex((byte) => byte >= 0x80);
    if (ascii < 0) return this.#checked(new TextDecoder().decode(all));
    if (!isLast && all.length - ascii < CHARACTER_BYTES) {
      // These bytes may be the first half of a character, and settle nothing.
      this.#keep(all.slice(ascii));
      return this.#checked(new TextDecoder().decode(all.subarray(0, ascii)));
    }
    return this.#decoded(this.#choose(isUtf8(all, isLast) ? "utf-8" : "windows-1251"), all, isLast);
  }

  #begin(head: Uint8Array): void {
    this.#isBegun = true;
    const other = others.find(([begins]) => beginsWith(head, begins));
    if (other) throw new UnreadableFile(other[1]);
    const mark = marks.find(([begins]) => beginsWith(head, begins));
    if (mark) this.#choose(mark[1]);
  }

  #choose(encoding: Encoding): TextDecoder {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    return this.#decoder;
  }

  #decoded(decoder: TextDecoder, bytes: Uint8Array, isLast: boolean): string {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: !isLast });
    } catch {
      // The first bytes may be the second half of a character, which is no fault.
      const begins = bytes.findIndex((byte) => byte < 0x80 || byte >= 0xc0);
      const [readable = ""] = new TextDecoder(this.#encoding)
        .decode(bytes.subarray(Math.max(begins, 0)))
        .split("\ufffd");
      const line = this.#line + newlinesIn(readable);
      throw new UnreadableFile(
        `Line ${line} is in another encoding than those before it (${this.#encoding.toUpperCase()}). Save the whole file as UTF-8.`,
      );
    }
    return this.#checked(text);
  }

  #checked(text: string): string {
    const zero = text.indexOf("\u0000");
    if (zero >= 0)
      throw new UnreadableFile(
        `Line ${this.#line + newlinesIn(text.slice(0, zero))} holds a byte of zero: the file is no text. Save the table as CSV in UTF-8.`,
      );
    this.#line += newlinesIn(text);
    return text;
  }

  #keep(bytes: Uint8Array): "" {
    this.#kept = bytes;
    return "";
  }
}

function isUtf8(bytes: Uint8Array, isLast: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isLast });
    return true;
  } catch {
    return false;
  }
}

function beginsWith(bytes: Uint8Array, begins: readonly number[]): boolean {
  return begins.every((byte, index) => bytes[index] === byte);
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const all = new Uint8Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
