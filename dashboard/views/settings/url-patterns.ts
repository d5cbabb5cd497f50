/** Whether an address pattern can be that of any page, and of which. */
import { covers } from "../../../shared/pages/url-pattern.ts";

/** A page's address as the widget sees it: escaped as browsers do, without query and fragment. Null for no web address. */
export function pageOf(typed: string): string | null {
  const text = typed.trim();
  // Some browsers take a space in a host for a letter.
  if (/\s/.test(text)) return null;
  const url = URL.parse(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  return url && /^https?:$/.test(url.protocol) ? url.origin + url.pathname : null;
}

/** Whether any page's address fits. A pattern that can fit none was written as something else: a word, a host, a RegExp. */
export function canMatch(pattern: string): boolean {
  // An address has neither query nor fragment here, and its browser escapes spaces and letters of other scripts.
  if (/[?#\s]|[^\x21-\x7e]|["<>^`{}|\\]/.test(pattern)) return false;
  if (pattern.startsWith("/")) return true;
  const star = pattern.indexOf("*");
  const start = star < 0 ? pattern : pattern.slice(0, star);
  const isStart = ["http://", "https://"].some((scheme) => scheme.startsWith(start) || start.startsWith(scheme));
  if (!isStart) return false;
  // Without a star the whole address stands there: it must be as a browser writes it, with the path at least "/".
  return star >= 0 || pageOf(pattern) === pattern;
}

/** Whether the survey is for this page, by its two lists. */
export function isTargeted({ include, exclude }: { include: string[]; exclude: string[] }, page: string): boolean {
  const on = (glob: string) => covers(glob, page);
  return (include.length === 0 || include.some(on)) && !exclude.some(on);
}
