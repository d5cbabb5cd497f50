/** Where the reader is, and the ways to somewhere else. */
import { signal } from "@preact/signals";
import type { Address, ParamsOf, RouteName } from "./routes.ts";
import { hrefTo, parseAddress, writeAddress } from "./routes.ts";

export const address = signal<Address>(parseAddress(location.hash));

/** Follows the browser's address from now on, and catches up with what it did meanwhile. */
export function followAddress(): void {
  const follow = () => {
    address.value = parseAddress(location.hash);
  };
  // The browser would scroll the view that is left, before the next one is there: each view restores its own position.
  history.scrollRestoration = "manual";
  addEventListener("hashchange", follow);
  follow();
}

/** Goes to a view as by a click: the browser's way back leads here. */
export function goTo<Name extends RouteName>(name: Name, params: ParamsOf<Name>, query?: Record<string, string>): void {
  location.hash = hrefTo(name, params, query);
}

/** Puts the first view's address over the present one, to which the browser's way back shall not lead. */
export function goHome(): void {
  history.replaceState(null, "", hrefTo("surveys", {}));
  address.value = parseAddress("");
}

/** Changes parts of the query without a new step in the browser's history: null takes one out, a list stands several times. */
export function changeQuery(changes: Record<string, string | readonly string[] | null>): void {
  const { path, query } = address.peek();
  const next = new URLSearchParams(query);
  for (const [name, values] of Object.entries(changes)) {
    next.delete(name);
    for (const value of values === null ? [] : [values].flat()) next.append(name, value);
  }
  history.replaceState(null, "", writeAddress({ path, query: next }));
  address.value = { path, query: next };
}
