/** Text that strangers typed, made safe to keep: well-formed Unicode without control characters. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Unpaired surrogates and control characters become U+FFFD; tabs and line breaks stay. Half an emoji costs no score. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(CONTROL, "\ufffd");
}

/** Length in Unicode code points: what a person would call characters, near enough, and the same in every engine. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What Unicode says is not to be shown: zero-width characters, bidi controls, soft hyphens, variation selectors, fillers. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** One form for texts that a reader cannot tell apart: composed (NFC), nothing invisible, runs of white space as one space. */
export function asSeen(text: string): string {
  return withoutInvisible(text)
    .normalize("NFC")
    .replace(/[\s\p{Z}\u2800]+/gu, " ")
    .trim();
}

/** Whether nobody could read anything in it: only white space, invisible characters, or what stands for unreadable ones. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{DI}\u2800\ufffd]*$/u.test(text);
}
