/**
 * Responses oldest or newest first, for lists by the number of a page or after a position: in the order of their ids, which begin
 * with a time; or, where few enough were stored or changed since an instant, in the order of their own times.
 */
import { lowestResponseId } from "../../shared/response-id.ts";
import { CHANGED_LATE } from "./changed-responses.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;

/** Within which times (ms, inclusive) a response was made, and last changed. */
export type Times = { since: number; until: number; updated_since: number; updated_until: number };
/** When a response was made and last changed (ms), by which lists sort. */
export type TimedResponse = { id: string; created_at: number; updated_at: number };

const walk = (order: "ASC" | "DESC") =>
  statement(`SELECT ${ITEM_COLUMNS} FROM (
      SELECT * FROM responses WHERE survey_id = :survey AND id > :after AND id < :before ORDER BY id ${order} LIMIT :most
    ) WHERE test = 0 AND excluded = 0 AND created_at BETWEEN :since AND :until
      AND updated_at BETWEEN :updated_since AND :updated_until LIMIT :found OFFSET :skip`);
const reach = (order: "ASC" | "DESC", last: "max" | "min") =>
  statement(`SELECT count(*) AS rows, ${last}(id) AS reached FROM (
      SELECT id FROM responses WHERE survey_id = :survey AND id > :after AND id < :before ORDER BY id ${order} LIMIT :most)`);

const TIMES = "id, created_at, updated_at, test, excluded";

const sql = {
  walkUp: walk("ASC"),
  walkDown: walk("DESC"),
  reachUp: reach("ASC", "max"),
  reachDown: reach("DESC", "min"),
  listLate: statement(`SELECT ${TIMES} FROM responses INDEXED BY responses_changed_late
    WHERE survey_id = :survey AND test = 0 AND ${CHANGED_LATE} AND updated_at >= :since AND id < :first
    ORDER BY updated_at LIMIT :most`),
  listSince: statement(`SELECT ${TIMES} FROM responses WHERE survey_id = :survey AND id >= :first
    ORDER BY id LIMIT :most`),
  listOfPerson: statement(`SELECT ${TIMES} FROM responses INDEXED BY responses_by_respondent
    WHERE respondent_id = :respondent AND survey_id = :survey LIMIT :most`),
  findFirstInvitation: statement(`SELECT id FROM invitations WHERE survey_id = :survey AND id >= :from
    ORDER BY id LIMIT 1`),
  listNamed: statement(`SELECT ${ITEM_COLUMNS} FROM responses
    WHERE survey_id = :survey AND id IN (SELECT value FROM json_each(:ids))`),
};

/** `rows`: the page. `next`: the id after which the list goes on. `cut`: as many rows as allowed were looked at before that. */
export type Walked = { rows: ItemRow[]; next: string | null; cut: boolean };

/**
 * At most `found` responses in order of id between the two ids given, of those made within `times`, after the first `skip` of
 * them. Looks at no more than `most` rows.
 */
export async function walkResponses(
  store: Store,
  survey: string,
  order: "asc" | "desc",
  between: { after: string; before: string },
  times: Times,
  { found, skip, most }: { found: number; skip: number; most: number },
): Promise<Walked> {
  const values = { survey, ...between, ...times, most };
  const list = order === "asc" ? sql.walkUp : sql.walkDown;
  const rows = await store.all<ItemRow>(list({ ...values, found: found + 1, skip }));
  if (rows.length > found) return { rows: rows.slice(0, found), next: rows[found - 1]!.id, cut: false };
  const reached = await store.first<{ rows: number; reached: string | null }>(
    (order === "asc" ? sql.reachUp : sql.reachDown)({ survey, ...between, most }),
  );
  const cut = reached !== null && reached.rows >= most;
  return { rows, next: cut ? reached.reached : null, cut };
}

/**
 * The times of the responses that were stored or changed at `since` (ms) or later, in no order; null where this would take more
 * than `most` rows.
 */
export async function listTimesSince(
  store: Store,
  survey: string,
  since: number,
  most: number,
): Promise<TimedResponse[] | null> {
  // Whatever is not in the index of late changes has an id from at most an hour before its change.
  const first = lowestResponseId(Math.max(0, since - HOUR_MS));
  const late = await store.all<Timed>(sql.listLate({ survey, since, first, most: most + 1 }));
  if (late.length > most) return null;
  const others = await store.all<Timed>(sql.listSince({ survey, first, most: most + 1 - late.length }));
  return late.length + others.length > most ? null : counted([...late, ...others]);
}

/** The times of the person's responses; null where there are more than `most`. */
export async function listTimesOfPerson(
  store: Store,
  survey: string,
  respondent: string,
  most: number,
): Promise<TimedResponse[] | null> {
  const rows = await store.all<Timed>(sql.listOfPerson({ survey, respondent, most: most + 1 }));
  return rows.length > most ? null : counted(rows);
}

type Timed = TimedResponse & { test: number; excluded: number };

function counted(rows: readonly Timed[]): TimedResponse[] {
  return rows.filter(({ test, excluded }) => test === 0 && excluded === 0);
}

/** The id of the first invitation from the id `from` on; null where there is none. */
export async function findFirstInvitation(store: Store, survey: string, from: string): Promise<string | null> {
  return (await store.first<{ id: string }>(sql.findFirstInvitation({ survey, from })))?.id ?? null;
}

/** The responses with these ids, in their order. */
export async function listNamedResponses(store: Store, survey: string, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  const rows = await store.all<ItemRow>(sql.listNamed({ survey, ids: JSON.stringify(ids) }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
