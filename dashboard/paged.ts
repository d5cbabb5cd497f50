/** A list that comes in pages: those that are here, and the way to the next. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Page } from "../shared/schema/paging.ts";
import type { Refusal } from "./api.ts";
import { get } from "./api.ts";

export type Paged<Item> = {
  /** Null until the first page is here. */
  items: Item[] | null;
  next: string | null;
  refusal: Refusal | null;
  loading: boolean;
};

/** Fetches the first page of `path` whenever it or `times` changes; `more` adds the next. `path` has a query. */
export function usePaged<Item>(path: string, times = 0): { paged: Signal<Paged<Item>>; more: () => Promise<void> } {
  const paged = useSignal<Paged<Item>>({ items: null, next: null, refusal: null, loading: true });
  const fetchPage = async (cursor: string | null, signal?: AbortSignal) => {
    paged.value = { ...paged.peek(), loading: true };
    const reply = await get<Page<Item>>(cursor ? `${path}&cursor=${cursor}` : path, signal);
    if (signal?.aborted) return;
    const before = (cursor && paged.peek().items) || [];
    paged.value = reply.ok
      ? { items: [...before, ...reply.value.items], next: reply.value.next, refusal: null, loading: false }
      : { ...paged.peek(), refusal: reply.refusal, loading: false };
  };
  useEffect(() => {
    const end = new AbortController();
    fetchPage(null, end.signal);
    return () => end.abort();
  }, [path, times]);
  const more = async () => {
    const { next, loading } = paged.peek();
    if (next && !loading) await fetchPage(next);
  };
  return { paged, more };
}
