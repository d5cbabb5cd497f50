/** Lists that come in pages: one by one, or all of them where only the whole is of use. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Page } from "../../shared/schema/paging.ts";
import type { Refusal, Reply } from "./api.ts";
import { get } from "./api.ts";
import { load, takePrefetched } from "./prefetch.ts";
import type { ReplyState } from "./use-reply.ts";

export type ListState<Item> = {
  /** Null until the first page is here. */
  items: Item[] | null;
  next: string | null;
  refusal: Refusal | null;
  loading: boolean;
};

/** Fetches the first page of `path` whenever it or `times` changes; `more` adds the next. `path` has a query. */
export function useList<Item>(
  path: string,
  refetchKey = 0,
): { paged: Signal<ListState<Item>>; more: () => Promise<void> } {
  const [came] = useState(() => takePrefetched<Page<Item>>(path));
  const paged = useSignal<ListState<Item>>(came ? after(came, nothing, false) : nothing);
  const isHere = useRef(came !== null);
  const fetchPage = async (cursor: string | null, signal?: AbortSignal) => {
    paged.value = { ...paged.peek(), loading: true };
    const reply = await load<Page<Item>>(cursor ? `${path}&cursor=${cursor}` : path, signal);
    if (signal?.aborted) return;
    paged.value = after(reply, paged.peek(), cursor !== null);
  };
  useLayoutEffect(() => {
    const end = new AbortController();
    if (!isHere.current) fetchPage(null, end.signal);
    isHere.current = false;
    return () => end.abort();
  }, [path, refetchKey]);
  const more = async () => {
    const { next, loading } = paged.peek();
    if (next && !loading) await fetchPage(next);
  };
  return { paged, more };
}

const nothing: ListState<never> = { items: null, next: null, refusal: null, loading: true };

/** A first page takes the place of what was there; a refusal takes nothing away. */
function after<Item>(reply: Reply<Page<Item>>, before: ListState<Item>, isMore: boolean): ListState<Item> {
  if (!reply.ok) return { ...before, refusal: reply.refusal, loading: false };
  const { items, next } = reply.value;
  return { items: [...((isMore && before.items) || []), ...items], next, refusal: null, loading: false };
}

/** Every entry of the list at `path` (without a query), page after page; again whenever `times` changes. */
export function useWholeList<Item>(path: string, refetchKey = 0): Signal<ReplyState<Item[]>> {
  const loaded = useSignal<ReplyState<Item[]>>({ value: null, refusal: null, loading: true });
  useEffect(() => {
    const end = new AbortController();
    const fetchAll = async () => {
      const items: Item[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const asked: string = `${path}?limit=100${cursor && `&cursor=${cursor}`}`;
        const reply: Reply<Page<Item>> = await get(asked, end.signal);
        if (end.signal.aborted) return;
        if (!reply.ok) {
          loaded.value = { ...loaded.peek(), refusal: reply.refusal, loading: false };
          return;
        }
        items.push(...reply.value.items);
        cursor = reply.value.next;
      }
      loaded.value = { value: items, refusal: null, loading: false };
    };
    fetchAll();
    addEventListener("online", fetchAll, { signal: end.signal });
    return () => end.abort();
  }, [path, refetchKey]);
  return loaded;
}
