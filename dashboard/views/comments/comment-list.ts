/** The endless list of comments: its pages, the changes that the team makes, and where its reader was when they left it. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { commentsPath, responsePath, withQuery } from "../../data/api-paths.ts";
import { outdateAssignees } from "../../data/assignees.ts";
import type { ListState, PagedList } from "../../data/pages.ts";
import { listOfOne, pagedList } from "../../data/pages.ts";

export type CommentChanges = Partial<Pick<ResponseItem, "tags" | "status" | "assignee" | "note" | "excluded">> & {
  /** Whether the respondent was replied to; the collector says when they were answered. */
  answered?: boolean;
};

/** Those told of one by one, and those beside them; `orMore`: of the latter there may be more than were counted. */
export type Arrived = { comments: number; more: number; orMore: boolean };

export const NONE_ARRIVED: Arrived = { comments: 0, more: 0, orMore: false };

export type CommentList = {
  state: ReadonlySignal<ListState<ResponseItem>>;
  /** Empty until the first page is here. */
  items: ReadonlySignal<readonly ResponseItem[]>;
  /** Comments that came since the list was read: announced, not pushed in. */
  arrived: Signal<Arrived>;
  /** Rows that the collector has searched since it last found a comment that the filters let through. */
  searchedRows: Signal<number>;
  /** Whether the reader wants the search to go on however long it takes. */
  keepsSearching: Signal<boolean>;
  /** px from the top at which its reader left the list. */
  scroll: number;
  /** px of each comment that was drawn, by its id. */
  heights: Map<string, number>;
  /** Fetches the next page; not when the search has gone on for so long that the reader must first say whether it shall go on. */
  more(): Promise<void>;
  /** Fetches the first page anew, which then replaces the list. */
  restart(): Promise<void>;
  /** Shows the changes at once, and takes them back when the collector refuses them. */
  change(id: string, changes: CommentChanges): Promise<Refusal | null>;
  /** Erases for good, so the comment leaves the list only when the collector has done it. */
  erase(id: string, score: "keep" | "drop"): Promise<Refusal | null>;
};

/** Rows that are searched before the reader is asked: one or two seconds of waiting, and they cost the owner next to nothing. */
export const SEARCHED_BEFORE_ASKING = 5 * limits.scannedRows;

let last: { path: string; list: CommentList } | null = null;

/** The comments of a survey under the filters in `query`; the list just left, as it was left, if it is the same. */
export function commentListOf(survey: string, query: URLSearchParams): CommentList {
  const path = commentsPath(survey, query);
  if (last?.path !== path) last = { path, list: makeCommentList(survey, path, pagedList<ResponseItem>(path)) };
  return last.list;
}

/** A list of the one response with this id. Its state has the refusal `erased` where the response was erased. */
export function oneResponseOf(survey: string, id: string): CommentList {
  const path = responsePath(survey, id);
  return makeCommentList(survey, path, listOfOne<ResponseItem>(path));
}

function makeCommentList(survey: string, path: string, pages: PagedList<ResponseItem>): CommentList {
  const { state } = pages;
  const items = computed(() => state.value.items ?? none);
  const arrived = signal(NONE_ARRIVED);
  const { searchedRows, keepsSearching, count } = searchOf();
  const replace = (next: ResponseItem[]) => {
    state.value = { ...state.peek(), items: next };
  };
  const put = (id: string, changes: Partial<ResponseItem>) =>
    replace(items.peek().map((item) => (item.id === id ? { ...item, ...changes } : item)));

  const list: CommentList = {
    ...{ state, items, arrived, searchedRows, keepsSearching, scroll: 0, heights: new Map() },
    async more() {
      if (keepsSearching.peek() || searchedRows.peek() < SEARCHED_BEFORE_ASKING) count(await pages.more());
    },
    async restart() {
      const page = await pages.restart(path);
      if (page) arrived.value = NONE_ARRIVED;
      count(page);
    },
    async change(id, changes) {
      const before = items.peek().find((item) => item.id === id);
      if (!before) return null;
      const { answered: _, ...shown } = changes;
      put(id, shown);
      const reply = await call<ResponseItem>("PATCH", responsePath(survey, id), changes);
      if (reply.ok) {
        put(id, { answered_at: reply.value.answered_at });
        if ("assignee" in changes) outdateAssignees();
        return null;
      }
      put(id, Object.fromEntries(Object.keys(shown).map((name) => [name, before[name as keyof typeof shown]])));
      return reply.refusal;
    },
    async erase(id, score) {
      const reply = await call("DELETE", withQuery(responsePath(survey, id), { score }));
      if (!reply.ok) return reply.refusal;
      replace(items.peek().filter((item) => item.id !== id));
      return null;
    },
  };
  const { items: first, next, loading } = state.peek();
  // A first page that was prefetched is here already.
  if (loading) list.restart();
  else if (first) count({ items: first, next });
  return list;
}

const none: ResponseItem[] = [];

/** Counts what the collector has searched in vain: under filters a page may come without a comment, and another follow. */
function searchOf() {
  const searchedRows = signal(0);
  const keepsSearching = signal(false);
  const count = (page: Page<ResponseItem> | null) => {
    if (!page) return;
    const foundNothing = page.items.length === 0 && page.next !== null;
    searchedRows.value = foundNothing ? searchedRows.peek() + limits.scannedRows : 0;
    if (!foundNothing) keepsSearching.value = false;
  };
  return { searchedRows, keepsSearching, count };
}
