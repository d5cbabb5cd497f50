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
    WHERE (survey_id, respondent_id) > (?1, ?2) AND respondent_id BETWEEN ?3 AND ?4
    ORDER BY survey_id, respondent_id LIMIT ?5`,
  listUnsubscribesFrom: `SELECT survey_id, respondent_id, source, created_at FROM unsubscribes
    WHERE survey_id = ?1 AND respondent_id BETWEEN max(?2, ?3) AND ?4 AND respondent_id <> ?2
    ORDER BY respondent_id LIMIT ?5`,
  insertUnsubscribe: `INSERT INTO unsubscribes (survey_id, respondent_id, source, created_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (survey_id, respondent_id) DO NOTHING`,
  deleteUnsubscribe: `DELETE FROM unsubscribes WHERE survey_id = ?1 AND respondent_id = ?2 RETURNING survey_id`,
  eraseUnsubscribes: `DELETE FROM unsubscribes WHERE survey_id = ?1 AND respondent_id IN (
    SELECT respondent_id FROM unsubscribes WHERE survey_id = ?1 LIMIT ?2) RETURNING 1`,
};

/** No text begins with `start` and sorts after this. */
const endOf = (start: string) => `${start}\u{10ffff}`;

/**
 * At most `limit`, in order of survey and respondent, after the given ones: of the surveys in `lists` (ascending, '' stands
 * for all surveys; null: every list) and with a respondent's id that begins with `start`.
 */
export async function listUnsubscribes(
  store: Store,
  after: { survey: string; respondent: string },
  lists: readonly string[] | null,
  start: string,
  limit: number,
): Promise<StoredUnsubscribe[]> {
  const within = [start, endOf(start)];
  if (lists === null)
    return store.all<StoredUnsubscribe>(sql.listUnsubscribes, after.survey, after.respondent, ...within, limit);
  const found: StoredUnsubscribe[] = [];
  for (const list of lists.filter((each) => each >= after.survey)) {
    if (found.length === limit) break;
    const past = list === after.survey ? after.respondent : "";
    const room = limit - found.length;
    found.push(...(await store.all<StoredUnsubscribe>(sql.listUnsubscribesFrom, list, past, ...within, room)));
  }
  return found;
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
