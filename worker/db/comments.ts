/** The open answers, newest first: by when each was first stored, so that a late one is new to whoever reads on. */
import { addDays } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import type { Walk } from "./bounded-scan.ts";
import { walkOf } from "./bounded-scan.ts";
import { isFiltered, MATCHES, matching } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type CommentRow = ItemRow & { comment: string; comment_at: number };

/** Where a list begins: after the comment with this key. */
export type CommentPlace = { at: number; id: string };

const FROM_NEWEST: CommentPlace = { at: Number.MAX_SAFE_INTEGER, id: "" };

/** At most `:looked_at` rows, the comments that a request may look at; the outer condition picks from them as they come. */
const WALKED = `survey_id = :survey AND comment IS NOT NULL AND test = 0
  AND (comment_at, id) < (:at, :id) AND comment_at >= :since ORDER BY comment_at DESC, id DESC LIMIT :looked_at`;
const OF_ALL = `FROM responses INDEXED BY responses_by_comment WHERE ${WALKED}`;
const OF_ONE = `FROM responses INDEXED BY responses_by_respondent WHERE respondent_id = :respondent AND ${WALKED}`;

const list = <Of extends string>(of: Of) =>
  statement(`SELECT ${ITEM_COLUMNS} FROM (SELECT * ${of}) WHERE ${MATCHES} LIMIT :shown`);
const reach = <Of extends string>(of: Of) =>
  statement(
    `SELECT count(*) AS rows, min(printf('%015d %s', comment_at, id)) AS reached FROM (SELECT comment_at, id ${of})`,
  );

const sql = {
  listComments: list(OF_ALL),
  listCommentsOfOne: list(OF_ONE),
  reachComments: reach(OF_ALL),
  reachCommentsOfOne: reach(OF_ONE),
  listNewComments: statement(`SELECT ${ITEM_COLUMNS} FROM responses INDEXED BY responses_by_comment
    WHERE survey_id = :survey AND comment IS NOT NULL AND test = 0 AND (comment_at, id) > (:at, :id)
    ORDER BY comment_at, id LIMIT :most`),
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
  const walked = { survey, at: place.at, id: place.id, since, looked_at: most };
  const shown = { ...walked, shown: limit + 1, ...matching(filter) };
  const [find, reached] =
    respondent === undefined
      ? [sql.listComments(shown), sql.reachComments(walked)]
      : [sql.listCommentsOfOne({ ...shown, respondent }), sql.reachCommentsOfOne({ ...walked, respondent })];
  const found = await store.all<CommentRow>(find);
  return walkOf(found, limit, most, keyOfComment, async () => store.first(reached));
}

/** At most `most` comments first stored after `place`, oldest first. */
export async function listNewComments(
  store: Store,
  survey: string,
  place: CommentPlace,
  most: number,
): Promise<CommentRow[]> {
  return store.all<CommentRow>(sql.listNewComments({ survey, ...place, most }));
}

export function keyOfComment(row: Pick<CommentRow, "comment_at" | "id">): string {
  return `${row.comment_at} ${row.id}`;
}
