/** Lists that the collector hands out in pages. */
import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { limits } from "../../shared/limits.ts";
import type { Page } from "../../shared/schema/paging.ts";
import type { Refusal, Reply } from "./api.ts";
import { get } from "./api.ts";
import { withQuery } from "./api-paths.ts";
import { load, takePrefetched } from "./prefetch.ts";

export type ListState<Item> = {
  /** Null until the first page is here. */
  items: Item[] | null;
  /** Where the next page begins; null where there is none. */
  next: string | null;
  refusal: Refusal | null;
  loading: boolean;
};

export type PagedList<Item> = {
  state: Signal<ListState<Item>>;
  /** Fetches the first page of `path`, which replaces the list; gives null where it was refused, or dropped for another restart. */
  restart(path: string): Promise<Page<Item> | null>;
  /** Fetches the next page, unless there is none or one is on its way; gives the page that came, or null. */
  more(): Promise<Page<Item> | null>;
  /** Drops the page that is on its way. */
  stop(): void;
};

/** The list at `path`, page by page. `loading` is false from the start where its first page was prefetched and has come. */
export function pagedList<Item>(path: string): PagedList<Item> {
  return listOfPages<Item, Page<Item>>(path, (page) => page);
}

/** The one thing at `path`, as a list of one. */
export function listOfOne<Item>(path: string): PagedList<Item> {
  return listOfPages<Item, Item>(path, (item) => ({ items: [item], next: null }));
}

function listOfPages<Item, Body>(path: string, pageOf: (body: Body) => Page<Item>): PagedList<Item> {
  const asPage = (reply: Reply<Body>): Reply<Page<Item>> =>
    reply.ok ? { ok: true, value: pageOf(reply.value) } : reply;
  const prefetchedBody = takePrefetched<Body>(path);
  const prefetched = prefetchedBody && asPage(prefetchedBody);
  const state = signal<ListState<Item>>(prefetched ? afterReply(prefetched, empty, false) : empty);
  let current = path;
  let flight = new AbortController();
  const fetchPage = async (cursor: string | null) => {
    const { signal } = flight;
    state.value = { ...state.peek(), loading: true };
    const reply = asPage(await load<Body>(pagePath(current, cursor), signal));
    if (signal.aborted) return null;
    state.value = afterReply(reply, state.peek(), cursor !== null);
    return reply.ok ? reply.value : null;
  };
  const stop = () => {
    flight.abort();
    flight = new AbortController();
  };
  return {
    state,
    stop,
    restart(path) {
      stop();
      current = path;
      return fetchPage(null);
    },
    async more() {
      const { next, loading } = state.peek();
      return next === null || loading ? null : fetchPage(next);
    },
  };
}

const empty: ListState<never> = { items: null, next: null, refusal: null, loading: true };

/** A first page replaces the items, a later one is added to them, and a refusal takes none away. */
function afterReply<Item>(reply: Reply<Page<Item>>, before: ListState<Item>, isLater: boolean): ListState<Item> {
  if (!reply.ok) return { ...before, refusal: reply.refusal, loading: false };
  const { items, next } = reply.value;
  return { items: [...((isLater && before.items) || []), ...items], next, refusal: null, loading: false };
}

/**
 * Fetches every page of the list at `path` and gives them as one: the first, with the items of all. `onCount` gets the number
 * of items after each page.
 */
export async function fetchAllPages<Whole extends Page<unknown>>(
  path: string,
  signal?: AbortSignal,
  onCount: (items: number) => void = () => {},
): Promise<Reply<Whole>> {
  const first = withQuery(path, { limit: String(limits.pageLimit) });
  const items: unknown[] = [];
  for (let cursor: string | null = null; ; ) {
    const reply: Reply<Whole> = await get<Whole>(pagePath(first, cursor), signal);
    if (!reply.ok) return reply;
    items.push(...reply.value.items);
    onCount(items.length);
    cursor = reply.value.next;
    if (cursor === null) return { ok: true, value: { ...reply.value, items } };
  }
}

function pagePath(path: string, cursor: string | null): string {
  return cursor === null ? path : withQuery(path, { cursor });
}
