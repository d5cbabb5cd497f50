import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Page } from "../../shared/schema/paging.ts";
import type { Reply } from "./api.ts";
import type { ListState } from "./pages.ts";
import { fetchAllPages, pagedList } from "./pages.ts";
import type { ReplyState } from "./use-reply.ts";
import { useReply } from "./use-reply.ts";

/** The list at `path`, one page at a time; its first page again whenever `path` or `refetchKey` changes. */
export function useList<Item>(path: string, refetchKey = 0): { list: Signal<ListState<Item>>; more(): unknown } {
  const [list] = useState(() => pagedList<Item>(path));
  const isPrefetched = useRef(!list.state.peek().loading);
  useLayoutEffect(() => {
    if (!isPrefetched.current) list.restart(path);
    isPrefetched.current = false;
    return list.stop;
  }, [path, refetchKey]);
  return { list: list.state, more: list.more };
}

/** Every item of the list at `path`, for lists of which only the whole is of use; again whenever `refetchKey` changes. */
export function useWholeList<Item>(path: string, refetchKey = 0): Signal<ReplyState<Item[]>> {
  return useReply<Item[]>(path, refetchKey, fetchItems);
}

async function fetchItems<Item>(path: string, signal: AbortSignal): Promise<Reply<Item[]>> {
  const reply = await fetchAllPages<Page<Item>>(path, signal);
  return reply.ok ? { ok: true, value: reply.value.items } : reply;
}
