/**
 * The unnamed_unsubscribes table: who wants no more invitations, of those whom nothing else in the database names. A keyed
 * hash stands for the respondent's id (worker/respondents/respondent-hash.ts).
 */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { UnnamedUnsubscribe } from "./unsubscribes.ts";

/** Whether an answer or an invitation names the person. */
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

/** Whether anybody is in the table: where nobody is, no hash need be made. */
export async function hasUnnamed(store: Store): Promise<boolean> {
  return (await store.first(sql.hasUnnamed())) !== null;
}

/** Those of one person, in order of survey; only of survey `only` where the asker is bound to one. */
export async function listUnnamedOf(
  store: Store,
  hash: string,
  only: string | null,
  limit: number,
): Promise<UnnamedUnsubscribe[]> {
  return store.all<UnnamedUnsubscribe>(sql.listUnnamedOf({ hash, only, limit }));
}

/** Unsubscribes a person from all surveys under their name, where the database has it anyway. Again is no change. */
export async function insertNamed(store: Store, respondent: string, hash: string, now: number): Promise<void> {
  await store.all(sql.insertNamed({ respondent, hash, now }));
}

/** Unsubscribes a person from all surveys without their name, unless they are under it. Again is no change. */
export async function insertUnnamed(store: Store, respondent: string, hash: string, now: number): Promise<void> {
  await store.all(sql.insertUnnamed({ respondent, hash, now }));
}

/** False if the person was not in the table for this survey ('': for all). */
export async function deleteUnnamed(store: Store, survey: string, hash: string): Promise<boolean> {
  return (await store.all(sql.deleteUnnamed({ survey, hash }))).length > 0;
}

/** Takes the name off the person's unsubscribes, which go on being obeyed. */
export async function unnameUnsubscribes(
  store: Store,
  respondent: string,
  hash: string,
  only: string | null,
): Promise<void> {
  await store.batch([sql.copyUnnamed({ respondent, hash, only }), sql.deleteNamed({ respondent, only })]);
}

/** Deletes at most `most` entries of a survey; the number deleted. */
export async function eraseUnnamed(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseUnnamed({ survey, most }))).length;
}
