/** The comments, newest first: in order of when each was first stored, so that a comment that arrives late counts as new. */

import { limits } from "../../shared/limits.ts";
import { addDays } from "../../shared/time/calendar.ts";
import type { Scanned } from "./bounded-scan.ts";
import { boundedScan } from "./bounded-scan.ts";
import type { RowFilter } from "./response-filter.ts";
import { isFiltered } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type CommentRow = ItemRow & { comment: string; comment_at: number };

/** The comment after which a list begins: when it was first stored, and its id. */
export type CommentPosition = { at: number; id: string };

const FROM_NEWEST: CommentPosition = { at: Number.MAX_SAFE_INTEGER, id: "" };

const AMONG = `survey_id = :survey AND comment IS NOT NULL AND test = 0
  AND (comment_at, id) < (:at, :id) AND comment_at >= :since ORDER BY comment_at DESC, id DESC`;

const scanComments = boundedScan<CommentRow, typeof AMONG, "">({
  index: "INDEXED BY responses_by_comment",
  among: AMONG,
  where: "",
  key: "printf('%015d %s', comment_at, id)",
  last: "min",
  keyOf: keyOfComment,
});

const sql = {
  listNewComments: statement(`SELECT ${ITEM_COLUMNS} FROM responses INDEXED BY responses_by_comment
    WHERE survey_id = :survey AND comment IS NOT NULL AND test = 0 AND comment_at > :since
    ORDER BY comment_at DESC, id DESC LIMIT :most`),
  countComments: statement(`SELECT count(*) AS comments, coalesce(sum(comment_at > :late_since), 0) AS late,
      min(comment_at) AS oldest
    FROM (SELECT comment_at FROM responses INDEXED BY responses_by_comment
      WHERE survey_id = :survey AND comment IS NOT NULL AND test = 0 AND comment_at > :since AND comment_at <= :until
      ORDER BY comment_at DESC LIMIT :most)`),
};

/** At most `filter.limit` comments after `position`, and where to go on: a request looks at a bounded number of rows. */
export async function listComments(
  store: Store,
  survey: string,
  filter: RowFilter,
  position: CommentPosition = FROM_NEWEST,
): Promise<Scanned<CommentRow>> {
  // No comment was stored before its respondent's day began, and no day begins more than 14 hours before the day in UTC.
  const since = filter.from === undefined ? 0 : Date.parse(`${addDays(filter.from, -1)}T00:00:00Z`);
  const most = isFiltered(filter) ? limits.scannedRows : filter.limit + 1;
  return scanComments(store, filter, most, { survey, ...position, since });
}

/** The newest `most` comments first stored after `since`, newest first. */
export async function listNewComments(
  store: Store,
  survey: string,
  since: number,
  most: number,
): Promise<CommentRow[]> {
  return store.all<CommentRow>(sql.listNewComments({ survey, since, most }));
}

/** `late`: how many of the `comments` were first stored after a later instant. `oldest`: when the oldest was; null for none. */
export type CountedComments = { comments: number; late: number; oldest: number | null };

/** How many comments were first stored after `since` and up to `until`. Counts the newest `most` and reads no row beyond. */
export async function countComments(
  store: Store,
  survey: string,
  span: { since: number; until: number; lateSince: number },
  most: number,
): Promise<CountedComments> {
  const { since, until, lateSince } = span;
  const counted = await store.first<CountedComments>(
    sql.countComments({ survey, since, until, late_since: lateSince, most }),
  );
  return counted!;
}

/** The key after which a list begins with the newest comment that was first stored up to `until`. */
export function keyAfter(until: number): string {
  return keyOfComment({ comment_at: until + 1, id: "0" });
}

export function keyOfComment(row: Pick<CommentRow, "comment_at" | "id">): string {
  return `${row.comment_at} ${row.id}`;
}
