/**
 * The unnamed_unsubscribes table: the people who want no more invitations and whom nothing else in the database names. A keyed
 * hash takes the place of the respondent's id (worker/respondents/respondent-hash.ts).
 */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { UnnamedUnsubscribe } from "./unsubscribes.ts";
import { forgetInDeliveries, queueUnsubscribe } from "./webhook-deliveries.ts";

/** As SQL: whether a response or an invitation names the person. */
const NAMED = `(
  EXISTS (SELECT 1 FROM responses INDEXED BY responses_by_respondent WHERE respondent_id = :respondent)
  OR EXISTS (SELECT 1 FROM invitations INDEXED BY invitations_by_respondent WHERE respondent_id = :respondent))`;

const sql = {
  hasUnnamed: statement(`SELECT 1 FROM unnamed_unsubscribes LIMIT 1`),
  listUnnamedOf: statement(`SELECT survey_id, source, created_at FROM unnamed_unsubscribes
    WHERE respondent_hash = :hash AND (:only IS NULL OR survey_id = :only) ORDER BY survey_id LIMIT :limit`),
  insertNamed: statement(`INSERT INTO unsubscribes (survey_id, respondent_id, source, created_at)
    SELECT '', :respondent, 'link', :now WHERE ${NAMED}
      AND NOT EXISTS (SELECT 1 FROM unnamed_unsubscribes WHERE respondent_hash = :hash AND survey_id = '')
    ON CONFLICT (survey_id, respondent_id) DO NOTHING`),
  insertUnnamed: statement(`INSERT INTO unnamed_unsubscribes (respondent_hash, survey_id, source, created_at)
    SELECT :hash, '', 'link', :now
    WHERE NOT EXISTS (SELECT 1 FROM unsubscribes WHERE survey_id = '' AND respondent_id = :respondent)
    ON CONFLICT (respondent_hash, survey_id) DO NOTHING`),
  deleteUnnamed: statement(
    `DELETE FROM unnamed_unsubscribes WHERE respondent_hash = :hash AND survey_id = :survey RETURNING survey_id`,
  ),
  copyUnnamed: statement(`INSERT INTO unnamed_unsubscribes (respondent_hash, survey_id, source, created_at)
    SELECT :hash, survey_id, source, created_at FROM unsubscribes
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)
    ON CONFLICT (respondent_hash, survey_id) DO NOTHING`),
  deleteNamed: statement(
    `DELETE FROM unsubscribes WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)`,
  ),
  eraseUnnamed: statement(`DELETE FROM unnamed_unsubscribes WHERE (respondent_hash, survey_id) IN (
    SELECT respondent_hash, survey_id FROM unnamed_unsubscribes WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
};

/** Whether the table has any row; if it has none, callers need to compute no hash. */
export async function hasUnnamed(store: Store): Promise<boolean> {
  return (await store.first(sql.hasUnnamed())) !== null;
}

/** The unsubscribes of one person in order of survey; with `only`, that of this survey alone. */
export async function listUnnamedOf(
  store: Store,
  hash: string,
  only: string | null,
  limit: number,
): Promise<UnnamedUnsubscribe[]> {
  return store.all<UnnamedUnsubscribe>(sql.listUnnamedOf({ hash, only, limit }));
}

/**
 * Unsubscribes a person from all surveys, by their id, if the database names the person anyway, and queues it for the webhooks
 * that are told of it. Idempotent.
 */
export async function insertNamed(store: Store, respondent: string, hash: string, now: number): Promise<void> {
  const unsubscribed = { survey: "", respondent, source: "link" } as const;
  await store.batch([sql.insertNamed({ respondent, hash, now }), queueUnsubscribe(unsubscribed, now)]);
}

/** Unsubscribes a person from all surveys by the hash, unless they are unsubscribed by their id. Idempotent. */
export async function insertUnnamed(store: Store, respondent: string, hash: string, now: number): Promise<void> {
  await store.all(sql.insertUnnamed({ respondent, hash, now }));
}

/** Deletes the person's unsubscribe from this survey ('': from all). False if there was none. */
export async function deleteUnnamed(store: Store, survey: string, hash: string): Promise<boolean> {
  return (await store.all(sql.deleteUnnamed({ survey, hash }))).length > 0;
}

/**
 * Puts the hash in place of the id in the person's unsubscribes, which stay in force, and deletes the messages to webhooks that
 * name the person.
 */
export async function unnameUnsubscribes(
  store: Store,
  respondent: string,
  hash: string,
  only: string | null,
): Promise<void> {
  await store.batch([
    sql.copyUnnamed({ respondent, hash, only }),
    sql.deleteNamed({ respondent, only }),
    forgetInDeliveries(respondent, only),
  ]);
}

/** Deletes at most `most` unsubscribes from a survey. Returns the number deleted. */
export async function eraseUnnamed(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseUnnamed({ survey, most }))).length;
}
