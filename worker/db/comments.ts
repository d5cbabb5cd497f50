/** The open answers, newest first: by when each was first stored, so that a late one is new to whoever reads on. */
import { addDays } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import type { Walk } from "./bounded-scan.ts";
import { walkOf } from "./bounded-scan.ts";
import { isFiltered, MATCHES, matching } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import type { Param, Store } from "./store.ts";

export type CommentRow = ItemRow & { comment: string; comment_at: number };

/** Where a list begins: after the comment with this key. */
export type CommentPlace = { at: number; id: string };

const FROM_NEWEST: CommentPlace = { at: Number.MAX_SAFE_INTEGER, id: "" };

/** At most ?5 rows, the comments that a request may look at; the outer condition picks from them as they come. */
const walked = (columns: string, index: string, of: string) => `SELECT ${columns} FROM responses INDEXED BY ${index}
  WHERE ${of} AND survey_id = ?1 AND comment IS NOT NULL AND test = 0 AND (comment_at, id) < (?2, ?3) AND comment_at >= ?4
  ORDER BY comment_at DESC, id DESC LIMIT ?5`;
const OF_ALL = ["responses_by_comment", "?6 IS NULL"] as const;
const OF_ONE = ["responses_by_respondent", "respondent_id = ?6"] as const;

const list = (...of: readonly [string, string]) => `SELECT ${ITEM_COLUMNS}
  FROM (${walked("*", ...of)}) WHERE ${MATCHES} LIMIT ?7`;
const reach = (...of: readonly [string, string]) => `SELECT count(*) AS rows,
  min(printf('%015d %s', comment_at, id)) AS reached FROM (${walked("comment_at, id", ...of)})`;

const sql = {
  listComments: list(...OF_ALL),
  listCommentsOfOne: list(...OF_ONE),
  reachComments: reach(...OF_ALL),
  reachCommentsOfOne: reach(...OF_ONE),
  listNewComments: `SELECT ${ITEM_COLUMNS} FROM responses INDEXED BY responses_by_comment
    WHERE survey_id = ?1 AND comment IS NOT NULL AND test = 0 AND (comment_at, id) > (?2, ?3)
    ORDER BY comment_at, id LIMIT ?4`,
};

/** At most `filter.limit` comments after `place`, and where to go on: a request looks at a bounded number of rows. */
export async function listComments(
  store: Store,
  survey: string,
  filter: Filter,
  place: CommentPlace = FROM_NEWEST,
): Promise<Walk<CommentRow>> {
  const { limit, respondent } = filter;
  // Nobody's comment was stored before the person's day, which nowhere begins more than 14 hours before UTC's.
  const since = filter.from === undefined ? 0 : Date.parse(`${addDays(filter.from, -1)}T00:00:00Z`);
  const most = isFiltered(filter) ? limits.scannedRows : limit + 1;
  const start: Param[] = [survey, place.at, place.id, since, most, respondent ?? null];
  const [find, reached] =
    respondent === undefined ? [sql.listComments, sql.reachComments] : [sql.listCommentsOfOne, sql.reachCommentsOfOne];
  const found = await store.all<CommentRow>(find, ...start, limit + 1, null, null, ...matching(filter));
  return walkOf(found, limit, most, keyOfComment, async () => store.first(reached, ...start));
}

/** At most `most` comments first stored after `place`, oldest first. */
export async function listNewComments(
  store: Store,
  survey: string,
  place: CommentPlace,
  most: number,
): Promise<CommentRow[]> {
  return store.all<CommentRow>(sql.listNewComments, survey, place.at, place.id, most);
}

export function keyOfComment(row: Pick<CommentRow, "comment_at" | "id">): string {
  return `${row.comment_at} ${row.id}`;
}
