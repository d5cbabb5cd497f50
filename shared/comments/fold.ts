/** Text as it is searched: without case, accents and apostrophes, in any script. Kept beside each comment. */

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

/** Apostrophes are typed in a dozen ways and left out in a thirteenth; what cannot be seen is not searched for. */
const UNWRITTEN = /['’‘ʼ`´ʹ\u02b9\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** Equal for texts that differ in case, accents, apostrophes, width and spacing only. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(ALIKE_ANY, (letter) => ALIKE[letter] ?? letter)
    .replace(UNWRITTEN, "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
}

export function withoutUnwritten(text: string): string {
  return text.replace(UNWRITTEN, "");
}

/** The words of a text with one space before each, and none of the punctuation. */
export function wordsOf(folded: string): string {
  return folded
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trimEnd()
    .replace(/^(?! )/, " ");
}
