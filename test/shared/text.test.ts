import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asSeen, isBlank } from "../../shared/text.ts";

/** White space of every kind, and characters that are never shown. */
const unseen = [
  " ",
  "\t",
  "\n",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\u034f",
  "\u061c",
  "\u115f",
  "\u1680",
  "\u180e",
  "\u2000",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u202a",
  "\u202e",
  "\u202f",
  "\u2060",
  "\u2066",
  "\u2069",
  "\u2800",
  "\u3000",
  "\u3164",
  "\ufe0f",
  "\ufeff",
  "\uffa0",
  "\ufff9",
  "\ufffd",
  "\u0000",
  "\ud800",
  "\u{e0001}",
];
const blank = fc.array(fc.constantFrom(...unseen), { maxLength: 12 }).map((characters) => characters.join(""));
const text = fc.string({ unit: "binary", maxLength: 20 });

describe("a blank text", () => {
  it("is white space and invisible characters in any mixture", () => {
    fc.assert(
      fc.property(blank, (characters) => {
        expect(isBlank(characters)).toBe(true);
      }),
    );
  });

  it("is none once a letter, a figure, a sign or an emoji is in it", () => {
    const visible = fc.constantFrom("a", "ї", "0", ".", "?", "👍", "❤️", "か", "ع", "e\u0301");
    fc.assert(
      fc.property(blank, visible, blank, (a, seen, b) => {
        expect(isBlank(a + seen + b)).toBe(false);
      }),
    );
  });
});

describe("a text as it is seen", () => {
  it("is the same whatever invisible characters are in it, composed or not", () => {
    const invisible = fc.constantFrom("\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufe0f");
    const letters = fc.array(fc.constantFrom("П", "й", "é", "ü", "가", "Å", "n", "7"), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(letters, fc.array(invisible), fc.constantFrom("NFC", "NFD"), (word, hidden, form) => {
        const written = word.map((letter, index) => (hidden[index] ?? "") + letter.normalize(form)).join("");
        expect(asSeen(written)).toBe(word.join("").normalize("NFC"));
      }),
    );
  });

  it("keeps its words apart by one space, whichever was typed", () => {
    expect(asSeen("\u00a0New\u2003 York\u3000\n")).toBe("New York");
  });

  it("has nothing left to change, and is empty for a blank text", () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(asSeen(asSeen(written))).toBe(asSeen(written));
        if (asSeen(written) === "") expect(isBlank(written)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
