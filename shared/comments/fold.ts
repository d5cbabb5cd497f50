/** Text as it is searched: without case, accents and apostrophes, in any script. Kept beside each comment. */
import { withoutInvisible } from "../text.ts";

/** Letters that no normal form takes apart, and pairs that people type for one another. */
const ALIKE: Record<string, string> = {
  ß: "ss",
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ς: "σ",
  ґ: "г",
  ى: "ي",
};
const ALIKE_ANY = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "g");

/** Marks of Latin, Greek, Cyrillic, Hebrew and Arabic, where a word stays itself without them; Indic vowels are no such marks. */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: ranges of marks are what this looks for
  /[\u0640\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/** Apostrophes are typed in a dozen ways and left out in a thirteenth. */
const APOSTROPHES = /['’‘ʼ`´ʹ\u02b9]/g;

/** Equal for texts that differ in case, accents, apostrophes, width and spacing only. */
export function foldText(text: string): string {
  const unmarked = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(ALIKE_ANY, (letter) => ALIKE[letter] ?? letter);
  return withoutUnwritten(unmarked).normalize("NFC").replace(/\s+/g, " ").trim();
}

/** The text without apostrophes and without what cannot be seen, for nobody searches for either. */
export function withoutUnwritten(text: string): string {
  return withoutInvisible(text).replace(APOSTROPHES, "");
}

/** The words that a search looks for, folded; none where the search holds accents, apostrophes or invisible characters only. */
export function searchWordsOf(search: string): string[] {
  return foldText(search).split(" ").filter(Boolean);
}

/** The words of a text with one space before each, and none of the punctuation. */
export function wordsOf(folded: string): string {
  return folded
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trimEnd()
    .replace(/^(?! )/, " ");
}
