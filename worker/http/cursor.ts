/** Lists on the wire: `{"items": […], "next": cursor | null}`. A cursor is opaque to clients. */
import type { Page } from "../../shared/schema/paging.ts";
import { base64url } from "../crypto/base64url.ts";
import { invalid } from "../problem.ts";

/** A page of the first `limit` rows of `found`, each shown by `show`. `found` holds one row more if there is a next page. */
export function pageOf<Row, Item>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): Page<Item> {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit).map(show), next: sealCursor(last === undefined ? null : keyOf(last)) };
}

/** The cursor that holds a key. */
export function sealCursor(key: string | null): string | null {
  return key === null ? null : base64url(new TextEncoder().encode(key));
}

/** The key that a cursor holds; "" without a cursor, for the first page. */
export function openCursor(cursor: string | undefined): string {
  try {
    return atob((cursor ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw invalid("/cursor", "is not one that this list gave out");
  }
}
