/**
 * The backfill of a survey: which segments its stored responses are still to be counted under, how far the job is, and the
 * rows that the job reads and writes. The column is named `filling`.
 */
import type { ResponseRow } from "./response-row.ts";
import { outdateFigures } from "./rollups.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/**
 * `after`: the id of the last response that the job has looked at. The job has looked at `done` of about `of` responses; `of`
 * is null until they have been counted.
 */
export type Backfill = { segments: string[]; after: string; done: number; of: number | null };

export type BackfillRow = Pick<
  ResponseRow,
  | "id"
  | "comment"
  | "folded"
  | "properties"
  | "segments"
  | "locale"
  | "channel"
  | "updated_at"
  | "test"
  | "language"
  | "device"
  | "page"
>;

/** What is written into a response, if nobody has changed the response since it was read. `seen`: its `updated_at` then. */
export type Backfilled = { id: string; seen: number; segments: string; folded: string | null };

const sql = {
  listBackfills: statement(
    `SELECT id FROM surveys WHERE filling IS NOT NULL AND deleted_at IS NULL ORDER BY updated_at LIMIT :most`,
  ),
  listToBackfill:
    statement(`SELECT id, comment, folded, properties, segments, locale, channel, updated_at, test, language, device, page FROM responses
    WHERE survey_id = :survey AND id > :after ORDER BY id LIMIT :limit`),
  // By IN and not by a join: SQLite would walk the whole survey and look into the list for each of its responses.
  backfillResponses: statement(`UPDATE responses SET segments = :filled ->> ('$."' || id || '".segments'),
      folded = :filled ->> ('$."' || id || '".folded'), updated_day = :day
    WHERE survey_id = :survey AND id IN (SELECT key FROM json_each(:filled))
      AND updated_at = :filled ->> ('$."' || id || '".seen')
      AND EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :version)
    RETURNING id`),
  advanceBackfill: statement(`UPDATE surveys SET filling = :to WHERE id = :survey AND filling = :from RETURNING id`),
};

/** Ids of at most `most` surveys that have a backfill; the one that has waited longest comes first. */
export async function listBackfills(store: Store, most: number): Promise<string[]> {
  return (await store.all<{ id: string }>(sql.listBackfills({ most }))).map(({ id }) => id);
}

export async function listToBackfill(
  store: Store,
  survey: string,
  after: string,
  limit: number,
): Promise<BackfillRow[]> {
  return store.all<BackfillRow>(sql.listToBackfill({ survey, after, limit }));
}

/**
 * Writes the segments and the folded text; the triggers count the difference on `day`. Returns how many responses were
 * still as they had been read: none where the survey, or the values that its segments have room for, changed meanwhile.
 */
export async function backfillResponses(
  store: Store,
  { id: survey, version }: { id: string; version: number },
  filled: Backfilled[],
  day: string,
): Promise<number> {
  const byId = Object.fromEntries(filled.map(({ id, ...rest }) => [id, rest]));
  return (await store.all(sql.backfillResponses({ survey, version, filled: JSON.stringify(byId), day }))).length;
}

/** Stores how far the backfill is; `to: null` ends it. Returns false if another run has stored its progress meanwhile. */
export async function advanceBackfill(
  store: Store,
  { survey, from, to, day }: { survey: string; from: Backfill; to: Backfill | null; day: string },
): Promise<boolean> {
  const [rows] = await store.batch([
    sql.advanceBackfill({ survey, from: JSON.stringify(from), to: to && JSON.stringify(to) }),
    outdateFigures(survey, day),
  ]);
  return rows!.length > 0;
}

export function readBackfill(json: string | null): Backfill | null {
  return json === null ? null : JSON.parse(json);
}
