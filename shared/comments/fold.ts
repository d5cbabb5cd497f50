/**
 * Folds text for searching: without case, accents and apostrophes, in any script. The folded form is stored beside each
 * comment.
 */
import { withoutInvisible } from "../text.ts";

/** Letters that Unicode's normal forms do not split, and letters that people type in place of each other. */
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

/**
 * Marks of Latin, Greek, Cyrillic, Hebrew and Arabic, without which a word is still the same. Indic vowel signs are not among
 * them.
 */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: ranges of marks are what this looks for
  /[\u0640\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/** The characters that people type as an apostrophe. */
const APOSTROPHES = /['’‘ʼ`´ʹ\u02b9]/g;

/** The folded text. It is equal for texts that differ only in case, accents, apostrophes, width and spaces. */
export function foldText(text: string): string {
  const unmarked = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(ALIKE_ANY, (letter) => ALIKE[letter] ?? letter);
  return withoutUnwritten(unmarked).normalize("NFC").replace(/\s+/g, " ").trim();
}

/** The text without apostrophes and invisible characters, since nobody searches for these. */
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
