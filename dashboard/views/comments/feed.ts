/** An endless list: pages as they are asked for, changes as they are made, and the place kept for whoever comes back. */
import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { CommentItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { commentsPath, surveyPath } from "../../data/api-paths.ts";
import { ask } from "../../data/prefetch.ts";

export type CommentChanges = Partial<Pick<CommentItem, "tags" | "status" | "note" | "excluded">>;

export type Feed = {
  items: Signal<CommentItem[]>;
  next: Signal<string | null>;
  loading: Signal<boolean>;
  refusal: Signal<Refusal | null>;
  /** Comments that came since the list was read: announced, not pushed in. */
  arrived: Signal<number>;
  /** Comments that were looked through in vain since one was last found; 0 while they come. */
  looked: Signal<number>;
  /** Whether to look on however many there are. */
  patient: Signal<boolean>;
  /** px from the top, for the way back. */
  scroll: number;
  /** px of each comment that was drawn, by its id. */
  heights: Map<string, number>;
  /** The next page, unless so much was looked through in vain that the reader shall say whether to go on. */
  more(): Promise<void>;
  again(): Promise<void>;
  change(id: string, changes: CommentChanges): Promise<Refusal | null>;
  erase(id: string, score: "keep" | "drop"): Promise<Refusal | null>;
};

/** Looked through without being asked to: a second or two, and what it costs the owner is nothing. */
export const LOOKED_UNASKED = 5 * limits.scannedRows;

let last: { path: string; feed: Feed } | null = null;

/** The feed of a survey (with its filters); the one just left if it is the same. */
export function feedOf(survey: string, query: URLSearchParams): Feed {
  const path = commentsPath(survey, query);
  if (last?.path !== path) last = { path, feed: makeFeed(surveyPath(survey), path) };
  return last.feed;
}

function makeFeed(base: string, path: string): Feed {
  const items = signal<CommentItem[]>([]);
  const next = signal<string | null>(null);
  const loading = signal(false);
  const refusal = signal<Refusal | null>(null);
  const arrived = signal(0);
  const looked = signal(0);
  const patient = signal(false);

  const fetchPage = async (cursor: string | null) => {
    if (loading.peek()) return;
    loading.value = true;
    const reply = await ask<Page<CommentItem>>(`${path}${cursor ? `&cursor=${cursor}` : ""}`);
    loading.value = false;
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    if (!cursor) arrived.value = 0;
    const isVain = reply.value.items.length === 0 && reply.value.next !== null;
    looked.value = isVain ? looked.peek() + limits.scannedRows : 0;
    if (!isVain) patient.value = false;
    items.value = cursor ? [...items.peek(), ...reply.value.items] : reply.value.items;
    next.value = reply.value.next;
  };
  const put = (id: string, changes: CommentChanges) => {
    items.value = items.peek().map((item) => (item.id === id ? { ...item, ...changes } : item));
  };

  const feed: Feed = {
    ...{ items, next, loading, refusal, arrived, looked, patient, scroll: 0, heights: new Map() },
    more: async () => {
      if (next.peek() && (patient.peek() || looked.peek() < LOOKED_UNASKED)) await fetchPage(next.peek());
    },
    again: () => fetchPage(null),
    /** Shown at once, taken back when it is refused. */
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
  feed.again();
  return feed;
}
