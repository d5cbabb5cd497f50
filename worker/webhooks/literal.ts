/** For services whose texts have no sign for "this is meant to the letter": what reads alike and means nothing to them. */

/** No tag begins in the text. */
export function withoutTags(text: string): string {
  return text.replaceAll("<", "‹").replaceAll(">", "›");
}

/** No address in the text becomes a link: a blank stands in it. */
export function withoutLinks(text: string): string {
  return text.replaceAll("://", ": //").replace(/\b(www\.)(?=\S)/gi, "$1 ");
}
