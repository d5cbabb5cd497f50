/**
 * What strangers wrote, as text that a chat can show: nothing in it is hidden, turns other text around or piles up. What means
 * something to one service (Markdown, mentions, tags) is the business of that service's form.
 */
import { cleanText } from "../../shared/text.ts";

/** Marks on one letter beyond this are left out: no language writes so many, and more cover the lines around. */
const MARKS = /(\p{M}{5})\p{M}+/gu;
/** U+2028 and U+2029 end a line too. */
const LINE_ENDS = /[\u2028\u2029]/g;
/** Blank lines beyond one push what follows out of sight. */
const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*){2,}/g;

/**
 * Characters that are not shown, as Unicode says: zero-width ones, bidi controls, tags, fillers. Some are a part of what is seen and
 * stay: within an emoji, and between letters of scripts that join.
 */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
const SEEN = new RegExp(
  [
    "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})",
    "(?<=[\\p{Extended_Pictographic}\\d#*])\\ufe0f",
    "(?<=[\\p{scx=Arab}\\p{scx=Deva}\\p{scx=Beng}])[\\u200c\\u200d](?=[\\p{scx=Arab}\\p{scx=Deva}\\p{scx=Beng}])",
  ].join("|"),
  "gu",
);

/** The text with its line breaks, at most one blank line between two others. */
export function plainText(text: string): string {
  const clean = cleanText(text).replace(LINE_ENDS, "\n");
  const kept = new Set([...clean.matchAll(SEEN)].map(({ index }) => index));
  return clean
    .replace(HIDDEN, (hidden, index: number) => (kept.has(index) ? hidden : ""))
    .replace(MARKS, "$1")
    .replace(BLANK_LINES, "\n\n")
    .trim();
}

/** The text on one line, and of what is longer than `most` characters the beginning. */
export function plainLine(text: string, most: number): string {
  const line = plainText(text).replace(/\s+/g, " ");
  return sizeIn(line) <= most ? line : `${fitted(line, most - 1).shown}…`;
}

/** How much room one character (code point) takes. */
export type Size = (character: string) => number;

/** How much room the text takes. */
export function sizeIn(text: string, sizeOf: Size = () => 1): number {
  let size = 0;
  for (const character of text) size += sizeOf(character);
  return size;
}

/** As much of the text as there is room for, and how many characters (code points) are left. */
export function fitted(text: string, room: number, sizeOf: Size = () => 1): { shown: string; left: number } {
  let shown = "";
  let used = 0;
  let left = 0;
  for (const character of text) {
    used += sizeOf(character);
    if (left > 0 || used > room) left++;
    else shown += character;
  }
  return { shown, left };
}
