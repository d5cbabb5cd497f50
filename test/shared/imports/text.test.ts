import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Encoding } from "../../../shared/imports/text.ts";
import { FileDecoder } from "../../../shared/imports/text.ts";

const TEXT = "Дата;Оцінка\r\nїжак;9 – «так»\r\n";

/** Windows-1251 by its own table, turned round: what each byte is read as. */
const toWindows1251 = (text: string) => {
  const signs = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(text, (sign) => signs.indexOf(sign));
};

const encoded: Record<Encoding, Uint8Array> = {
  "utf-8": new TextEncoder().encode(TEXT),
  "utf-16le": new Uint8Array(Buffer.from(`\ufeff${TEXT}`, "utf16le")),
  "utf-16be": new Uint8Array(Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()),
  "windows-1251": toWindows1251(TEXT),
};

function decode(bytes: Uint8Array, sizes: readonly number[] = []) {
  const decoder = new FileDecoder();
  let text = "";
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    text += decoder.decode(bytes.subarray(at, at + size));
    at += size;
  }
  return { text: text + decoder.end(), encoding: decoder.encoding };
}

describe.each(Object.entries(encoded))("a file in %s", (encoding, bytes) => {
  it("is read as its text, however its bytes are cut into parts", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }), (sizes) => {
        const ascii = new TextEncoder().encode(encoding.startsWith("utf-16") ? "" : "Date;NPS\n");
        const read = decode(new Uint8Array([...ascii, ...bytes]), sizes);
        expect(read.text).toBe(ascii.length > 0 ? `Date;NPS\n${TEXT}` : TEXT);
        expect(read.encoding).toBe(encoding);
      }),
    );
  });
});

it("leaves out the byte order mark of UTF-8, and reads an empty file as no text", () => {
  expect(decode(new TextEncoder().encode("\ufeffї"))).toEqual({ text: "ї", encoding: "utf-8" });
  expect(decode(new Uint8Array())).toEqual({ text: "", encoding: "utf-8" });
});

it.each([
  ["a workbook", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /Excel/],
  ["an old workbook", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), /Excel/],
  ["a compressed file", new Uint8Array(gzipSync("Date,NPS\n")), /gzip/],
  ["a file with zeros", new TextEncoder().encode("a\nb\nc\u0000"), /^Line 3 holds a byte of zero/],
  [
    "a file whose encoding changes",
    new Uint8Array([...new TextEncoder().encode("Дата\nтак\n"), ...toWindows1251("третій рядок\n")]),
    /^Line 3 is in another encoding than those before it \(UTF-8\)/,
  ],
])("refuses %s and says what it is", (_, bytes, message) => {
  expect(() => decode(bytes, [10])).toThrow(message);
});
