/** Makes text that strangers typed safe to store: well-formed Unicode without control characters. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Replaces unpaired surrogates and control characters by U+FFFD; tabs and line breaks stay. So half an emoji is no reason for a
 * refusal.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(CONTROL, "\ufffd");
}

/** The length in Unicode code points. That is nearly what people call characters, and is the same in every engine. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first `most` characters, as `characters` counts them. */
export function firstCharacters(text: string, most: number): string {
  return [...text].slice(0, most).join("");
}

/**
 * Characters that Unicode says are not shown: zero-width characters, bidi controls, soft hyphens, variation selectors, fillers.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/**
 * One form for all texts that look the same: composed (NFC), without invisible characters, with one space for any white space.
 */
export function asSeen(text: string): string {
  return withoutInvisible(text)
    .normalize("NFC")
    .replace(/[\s\p{Z}\u2800]+/gu, " ")
    .trim();
}

/** Whether the text has nothing to read: only white space, invisible characters, or replacements of unreadable ones. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{DI}\u2800\ufffd]*$/u.test(text);
}
