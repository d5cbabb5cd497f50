import type { StringKey } from "../../i18n/translate.ts";

/** The keys that work through the comments, each with what the list of the keys says of it. */
export const commentKeys = {
  j: "keyboard_next",
  k: "keyboard_before",
  e: "keyboard_resolve",
  w: "keyboard_work",
  r: "keyboard_reply",
  a: "keyboard_assign",
  t: "keyboard_tag",
  n: "keyboard_note",
  s: "keyboard_spam",
  h: "keyboard_earlier",
  "/": "keyboard_search",
  "?": "keyboard_help",
} as const satisfies Record<string, StringKey>;

export type CommentKey = keyof typeof commentKeys;

/** Those that change a comment, and do nothing with a key of the API that may only read. */
export const changingKeys: ReadonlySet<string> = new Set<CommentKey>(["e", "w", "r", "a", "t", "n", "s"]);
