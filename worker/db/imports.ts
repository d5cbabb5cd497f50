/** What an import stores: many rows by one statement, so that a part of an import is stored as a whole or not at all. */
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { Channel } from "../../shared/vocabulary.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** A response as it is stored. Scores and texts that are null were not given. Instants are milliseconds since 1970. */
export type ImportedRow = Record<ScoreName, number | null> & {
  id: string;
  created_at: number;
  day: string;
  comment: string | null;
  folded: string | null;
  respondent_id: string | null;
  /** JSON in order of the names, as `segments` and `tags` are. */
  properties: string;
  segments: string;
  tags: string;
  note: string | null;
  locale: string | null;
  language: string | null;
  channel: Channel;
};

/** A stored response beside what an import brings under the same id: whether it was erased, and whether its answers differ. */
export type StoredBefore = { id: string; sealed: number; differs: number };

const SCORES = scoreNames.join(", ");
const SENT_SCORES = scoreNames.map((name) => `value ->> '${name}'`).join(", ");
const SCORES_DIFFER = scoreNames.map((name) => `${name} IS NOT sent.value ->> '${name}'`).join(" OR ");

/** How the rows of an `asked` line are told from those of mailings, whose names are hashes and ids. */
export const IMPORTED = "import";

const sql = {
  listStoredBefore:
    statement(`SELECT stored.id, stored.sealed, (${SCORES_DIFFER} OR comment IS NOT sent.value ->> 'comment'
      OR (NOT :anonymous AND (respondent_id IS NOT sent.value ->> 'respondent_id'
        OR properties IS NOT sent.value ->> 'properties'))) AS differs
    FROM json_each(:rows) AS sent CROSS JOIN responses AS stored
      ON stored.survey_id = :survey AND stored.id = sent.value ->> 'id'`),
  listAskedBefore: statement(`SELECT sent.key AS at FROM json_each(:rows) AS sent CROSS JOIN invitations AS stored
      ON stored.respondent_id = sent.value ->> 'respondent_id' AND stored.survey_id = :survey
      AND stored.mailing = '${IMPORTED}' WHERE stored.created_at >= sent.value ->> 'asked_at'`),
  listUnsubscribedBefore:
    statement(`SELECT sent.key AS at FROM json_each(:rows) AS sent CROSS JOIN unsubscribes AS stored
      ON stored.survey_id = :survey AND stored.respondent_id = sent.value ->> 'respondent_id'`),
  insertRows: statement(`INSERT INTO responses (
      survey_id, id, created_at, day, received_at, updated_at, updated_day, ${SCORES}, comment, folded, comment_at,
      respondent_id, respondent_verified, properties, segments, tags, note, locale, language, channel
    )
    SELECT :survey, value ->> 'id', value ->> 'created_at', value ->> 'day', :now, :now, :updated_day, ${SENT_SCORES},
      value ->> 'comment', value ->> 'folded', iif(value ->> 'comment' IS NULL, NULL, value ->> 'created_at'),
      value ->> 'respondent_id', value ->> 'respondent_id' IS NOT NULL, value ->> 'properties', value ->> 'segments',
      value ->> 'tags', value ->> 'note', value ->> 'locale', value ->> 'language', value ->> 'channel'
    FROM json_each(:rows) WHERE EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :version)
    ON CONFLICT (survey_id, id) DO NOTHING RETURNING id`),
  insertAsked: statement(`INSERT INTO invitations (survey_id, mailing, id, respondent_id, created_at, expires_at)
    SELECT :survey, '${IMPORTED}', value ->> 'id', value ->> 'respondent_id', value ->> 'asked_at', value ->> 'asked_at'
    FROM json_each(:rows) WHERE EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :version)
    ON CONFLICT (respondent_id, survey_id, mailing) DO UPDATE SET id = excluded.id, created_at = excluded.created_at,
      expires_at = excluded.expires_at WHERE excluded.created_at > created_at
    ON CONFLICT (survey_id, id) DO NOTHING RETURNING id`),
  insertUnsubscribes: statement(`INSERT INTO unsubscribes (survey_id, respondent_id, source, created_at)
    SELECT :survey, value ->> 'respondent_id', 'api', value ->> 'created_at'
    FROM json_each(:rows) WHERE EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :version)
    ON CONFLICT (survey_id, respondent_id) DO NOTHING RETURNING respondent_id`),
};

type Target = { survey: string; version: number };

/**
 * The rows whose ids are stored already. `anonymous`: the survey keeps neither person nor properties, so these tell nothing.
 */
export async function listStoredBefore(
  store: Store,
  survey: string,
  rows: readonly ImportedRow[],
  anonymous: boolean,
): Promise<StoredBefore[]> {
  const values = { survey, rows: JSON.stringify(rows), anonymous: Number(anonymous) };
  return store.all<StoredBefore>(sql.listStoredBefore(values));
}

/** Stores the rows that are not stored yet, unless the survey has another version by now. Returns how many it stored. */
export async function insertRows(
  store: Store,
  { survey, version }: Target,
  rows: readonly ImportedRow[],
  at: { now: number; day: string },
): Promise<number> {
  const values = { survey, version, rows: JSON.stringify(rows), now: at.now, updated_day: at.day };
  return (await store.all(sql.insertRows(values))).length;
}

export type AskedRow = { id: string; respondent_id: string; asked_at: number };
export type UnsubscribedRow = { respondent_id: string; created_at: number };

/** Which of the rows, by their places, tell nothing new. */
export async function listAskedBefore(store: Store, survey: string, rows: readonly AskedRow[]): Promise<number[]> {
  const found = await store.all<{ at: number }>(sql.listAskedBefore({ survey, rows: JSON.stringify(rows) }));
  return found.map(({ at }) => at);
}

/** Which of the rows, by their places, tell nothing new. */
export async function listUnsubscribedBefore(
  store: Store,
  survey: string,
  rows: readonly UnsubscribedRow[],
): Promise<number[]> {
  const found = await store.all<{ at: number }>(sql.listUnsubscribedBefore({ survey, rows: JSON.stringify(rows) }));
  return found.map(({ at }) => at);
}

/**
 * Stores when people were last asked elsewhere, as invitations that expired at once. A later instant replaces an earlier one, and
 * the id with it: old invitations are deleted by the time in their ids.
 * Returns how many were stored or moved.
 */
export async function insertAsked(
  store: Store,
  { survey, version }: Target,
  rows: readonly AskedRow[],
): Promise<number> {
  return (await store.all(sql.insertAsked({ survey, version, rows: JSON.stringify(rows) }))).length;
}

/** Stores those unsubscribes that are not stored yet. Returns how many it stored. */
export async function insertUnsubscribes(
  store: Store,
  { survey, version }: Target,
  rows: readonly UnsubscribedRow[],
): Promise<number> {
  return (await store.all(sql.insertUnsubscribes({ survey, version, rows: JSON.stringify(rows) }))).length;
}
