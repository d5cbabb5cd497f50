/** What a viewer has not been told yet: the newest comments one by one, and of the older ones how many there are. */
import { limits } from "../../shared/limits.ts";
import type { CommentRow, CountedComments } from "../db/comments.ts";
import { countComments } from "../db/comments.ts";
import type { Store } from "../db/store.ts";
import type { StreamPosition } from "./event-id.ts";
import { LATE_MS, markCounted, openSince } from "./event-id.ts";
import { commentsSince } from "./feed.ts";

export type Missed = {
  /** To be sent one by one, oldest first; those that the viewer has seen already are among them. */
  rows: CommentRow[];
  /** Beside them so many, first stored up to `until`; `orMore`: no more were counted, but there may be. */
  more: { comments: number; orMore: boolean; until: number } | null;
};

/**
 * Looks at what came since the position and moves it past all that is told in a number. At most two queries and
 * `limits.scannedRows` entries of the index beside the newest comments, however much came.
 */
export async function findMissed(store: Store, survey: string, position: StreamPosition, now: number): Promise<Missed> {
  const since = openSince(position);
  const { rows, before } = await commentsSince(store, survey, since);
  const until = Math.max(before?.comment_at ?? 0, position.unmarked?.to ?? 0);
  if (until === 0) return { rows, more: null };

  // A comment that is yet to be stored was stamped after `lateSince`.
  const span = { since, until, lateSince: now - LATE_MS };
  const counted = before
    ? await countComments(store, survey, span, limits.scannedRows)
    : countAmong(
        rows.filter((row) => row.comment_at <= until),
        span.lateSince,
      );
  const orMore = counted.comments >= limits.scannedRows;
  const marked = [...position.seen.values()].filter((instant) => instant <= until).length;
  const comments = counted.comments - marked - (position.unmarked?.comments ?? 0);
  // Counted again next time are those only among which a late one may yet appear.
  const from = Math.max(since, span.lateSince, orMore ? (counted.oldest ?? 0) : 0);
  markCounted(position, { from: Math.min(from, until), to: until, comments: counted.late });
  return {
    rows: rows.filter((row) => row.comment_at > until),
    more: comments > 0 ? { comments, orMore, until } : null,
  };
}

function countAmong(rows: readonly CommentRow[], lateSince: number): CountedComments {
  const late = rows.filter((row) => row.comment_at > lateSince).length;
  return { comments: rows.length, late, oldest: rows[0]?.comment_at ?? null };
}
