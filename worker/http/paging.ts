/** Lists on the wire: `{"items": […], "next": cursor | null}`. A cursor is opaque to clients. */
import type { Page } from "../../shared/schema/paging.ts";
import { base64url } from "./base64url.ts";
import { invalid } from "./problem.ts";

/** The first `limit` of `found` (which holds one more when there is more), each shown by `show`. */
export function pageOf<Row, Item>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): Page<Item> {
  const last = found.length > limit ? found[limit - 1] : undefined;
  const next = last === undefined ? null : base64url(new TextEncoder().encode(keyOf(last)));
  return { items: found.slice(0, limit).map(show), next };
}

/** The key that a cursor holds; "" where the list begins. */
export function openCursor(cursor: string | undefined): string {
  try {
    return atob((cursor ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw invalid("/cursor", "is not one that this list gave out");
  }
}
