/** For services whose texts have no sign for "this is meant to the letter": other signs that look alike and mean nothing. */

/** No tag begins in the text. */
export function withoutTags(text: string): string {
  return text.replaceAll("<", "‹").replaceAll(">", "›");
}

/** No address in the text becomes a link. */
export function withoutLinks(text: string): string {
  return text.replaceAll("://", "：//").replace(/\b(www)\./gi, "$1．");
}
