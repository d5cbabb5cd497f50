/** The unsubscribes table: who wants no more invitations, from one survey or (survey_id '') from all. */
import type { Unsubscribe } from "../../shared/schema/unsubscribe.ts";
import type { Store } from "./store.ts";

export type StoredUnsubscribe = {
  survey_id: string;
  respondent_id: string;
  source: Unsubscribe["source"];
  created_at: number;
};

const sql = {
  listUnsubscribes: `SELECT survey_id, respondent_id, source, created_at FROM unsubscribes
    WHERE (survey_id, respondent_id) > (?1, ?2) AND (?3 IS NULL OR survey_id = ?3)
    ORDER BY survey_id, respondent_id LIMIT ?4`,
  insertUnsubscribe: `INSERT INTO unsubscribes (survey_id, respondent_id, source, created_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (survey_id, respondent_id) DO NOTHING`,
  deleteUnsubscribe: `DELETE FROM unsubscribes WHERE survey_id = ?1 AND respondent_id = ?2 RETURNING survey_id`,
  eraseUnsubscribes: `DELETE FROM unsubscribes WHERE survey_id = ?1 AND respondent_id IN (
    SELECT respondent_id FROM unsubscribes WHERE survey_id = ?1 LIMIT ?2) RETURNING 1`,
};

/** In order of survey and respondent, after the given ones; only those of survey `only` where the asker is bound to one. */
export async function listUnsubscribes(
  store: Store,
  after: { survey: string; respondent: string },
  only: string | null,
  limit: number,
): Promise<StoredUnsubscribe[]> {
  return store.all<StoredUnsubscribe>(sql.listUnsubscribes, after.survey, after.respondent, only, limit);
}

/** Again is no change. */
export async function insertUnsubscribe(store: Store, entry: StoredUnsubscribe): Promise<void> {
  await store.all(sql.insertUnsubscribe, entry.survey_id, entry.respondent_id, entry.source, entry.created_at);
}

/** False if the person was not on the list. */
export async function deleteUnsubscribe(store: Store, survey: string, respondent: string): Promise<boolean> {
  return (await store.all(sql.deleteUnsubscribe, survey, respondent)).length > 0;
}

/** Deletes at most `most` entries of a survey; the number deleted. */
export async function eraseUnsubscribes(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseUnsubscribes, survey, most)).length;
}

export function publicUnsubscribe(row: StoredUnsubscribe): Unsubscribe {
  const { respondent_id: respondent, source, created_at } = row;
  return { respondent, survey: row.survey_id || null, source, created_at: new Date(created_at).toISOString() };
}
