/** The comments that a viewer has not been told of yet: the newest one by one, and the number of the older ones. */
import { limits } from "../../shared/limits.ts";
import type { CommentRow, CountedComments } from "../db/comments.ts";
import { countComments } from "../db/comments.ts";
import type { Store } from "../db/store.ts";
import type { StreamPosition } from "./event-id.ts";
import { LATE_MS, markCounted, openSince } from "./event-id.ts";
import { commentsSince } from "./feed.ts";

export type Missed = {
  /** The comments to send one by one, oldest first. Some of them the viewer may have seen already. */
  rows: CommentRow[];
  /** The number of older comments, first stored up to `until`. `orMore`: there may be more than were counted. */
  more: { comments: number; orMore: boolean; until: number } | null;
};

/**
 * Finds the comments since the position, and moves the position past those that are told as a number. Costs at most two queries
 * and reads at most `limits.scannedRows` entries of the index beside the newest comments, however many there are.
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
  // Next time only that part is counted again in which a late comment may still appear.
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
