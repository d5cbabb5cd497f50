/** The endless list of comments: its pages, the changes that the team makes, and where its reader was when they left it. */
import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { CommentItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { commentsPath, surveyPath } from "../../data/api-paths.ts";
import { load } from "../../data/prefetch.ts";

export type CommentChanges = Partial<Pick<CommentItem, "tags" | "status" | "note" | "excluded">>;

export type CommentList = {
  items: Signal<CommentItem[]>;
  next: Signal<string | null>;
  loading: Signal<boolean>;
  refusal: Signal<Refusal | null>;
  /** Comments that came since the list was read: announced, not pushed in. */
  arrived: Signal<number>;
  /** Rows that the collector has searched since it last found a comment that the filters let through. */
  searchedRows: Signal<number>;
  /** Whether the reader wants the search to go on however long it takes. */
  keepsSearching: Signal<boolean>;
  /** px from the top, for the way back. */
  scroll: number;
  /** px of each comment that was drawn, by its id. */
  heights: Map<string, number>;
  /** Fetches the next page; not when the search has gone on for so long that the reader must first say whether it shall go on. */
  more(): Promise<void>;
  again(): Promise<void>;
  change(id: string, changes: CommentChanges): Promise<Refusal | null>;
  erase(id: string, score: "keep" | "drop"): Promise<Refusal | null>;
};

/** Rows that are searched before the reader is asked: one or two seconds of waiting, and they cost the owner next to nothing. */
export const SEARCHED_BEFORE_ASKING = 5 * limits.scannedRows;

let last: { path: string; list: CommentList } | null = null;

/** The comments of a survey under the filters in `query`; the list just left, as it was left, if it is the same. */
export function commentListOf(survey: string, query: URLSearchParams): CommentList {
  const path = commentsPath(survey, query);
  if (last?.path !== path) last = { path, list: makeCommentList(surveyPath(survey), path) };
  return last.list;
}

function makeCommentList(base: string, path: string): CommentList {
  const items = signal<CommentItem[]>([]);
  const next = signal<string | null>(null);
  const loading = signal(false);
  const refusal = signal<Refusal | null>(null);
  const arrived = signal(0);
  const searchedRows = signal(0);
  const keepsSearching = signal(false);

  const fetchPage = async (cursor: string | null) => {
    if (loading.peek()) return;
    loading.value = true;
    const reply = await load<Page<CommentItem>>(`${path}${cursor ? `&cursor=${cursor}` : ""}`);
    loading.value = false;
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    if (!cursor) arrived.value = 0;
    const foundNothing = reply.value.items.length === 0 && reply.value.next !== null;
    searchedRows.value = foundNothing ? searchedRows.peek() + limits.scannedRows : 0;
    if (!foundNothing) keepsSearching.value = false;
    items.value = cursor ? [...items.peek(), ...reply.value.items] : reply.value.items;
    next.value = reply.value.next;
  };
  const put = (id: string, changes: CommentChanges) => {
    items.value = items.peek().map((item) => (item.id === id ? { ...item, ...changes } : item));
  };

  const list: CommentList = {
    ...{ items, next, loading, refusal, arrived, searchedRows, keepsSearching, scroll: 0, heights: new Map() },
    more: async () => {
      if (next.peek() && (keepsSearching.peek() || searchedRows.peek() < SEARCHED_BEFORE_ASKING))
        await fetchPage(next.peek());
    },
    again: () => fetchPage(null),
    /** VisibleRange at once, taken back when it is refused. */
    async change(id, changes) {
      const before = items.peek().find((item) => item.id === id);
      if (!before) return null;
      put(id, changes);
      const reply = await call("PATCH", `${base}/responses/${id}`, changes);
      if (reply.ok) return null;
      put(id, Object.fromEntries(Object.keys(changes).map((name) => [name, before[name as keyof CommentChanges]])));
      return reply.refusal;
    },
    /** For good, so it is shown only when it is done. */
    async erase(id, score) {
      const reply = await call("DELETE", `${base}/responses/${id}?score=${score}`);
      if (!reply.ok) return reply.refusal;
      items.value = items.peek().filter((item) => item.id !== id);
      return null;
    },
  };
  list.again();
  return list;
}
