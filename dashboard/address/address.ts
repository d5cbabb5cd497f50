/**
 * Where the reader is: all of it in the address, after the `#`, so that a view can be sent to a colleague while the
 * names and words that were searched for stay out of every server's log.
 */
import { signal } from "@preact/signals";

export type Address = { path: string[]; query: URLSearchParams };

export function parseAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?");
  const parts = path.split("/").filter(Boolean);
  return { path: parts.map((part) => safely(part)), query: new URLSearchParams(query) };
}

export function hrefTo(path: readonly string[], query?: URLSearchParams | Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text && `?${text}`}`;
}

export const address = signal<Address>(parseAddress(location.hash));

/** Follows the address from now on, and catches up with what it did meanwhile. */
export function followAddress(): void {
  const follow = () => {
    address.value = parseAddress(location.hash);
  };
  // The browser would scroll the view that is left, before the next one is there: each view knows its own place.
  history.scrollRestoration = "manual";
  addEventListener("hashchange", follow);
  follow();
}

/** Goes there as by a click: the way back leads here. */
export function goTo(path: readonly string[], query?: Record<string, string>): void {
  location.hash = hrefTo(path, query);
}

/** Puts the first view's address over what was there, which the way back shall not lead to. */
export function goHome(): void {
  history.replaceState(null, "", hrefTo([]));
  address.value = parseAddress("");
}

/** Changes parts of the query (`null` takes one out) without a new step in the history. */
export function changeQuery(changes: Record<string, string | null>): void {
  const { path, query } = address.peek();
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  history.replaceState(null, "", hrefTo(path, next));
  address.value = { path, query: next };
}

function safely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
