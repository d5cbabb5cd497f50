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
