/** The unsubscribes table: the people who want no more invitations, from one survey or (survey_id '') from all. */
import type { UnsubscribeSource } from "../../shared/vocabulary.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import { queueUnsubscribe } from "./webhook-deliveries.ts";

export type StoredUnsubscribe = {
  survey_id: string;
  respondent_id: string;
  source: UnsubscribeSource;
  created_at: number;
};

/** An unsubscribe without the respondent's id: one that is stored by a hash, or one of a person whom the caller names. */
export type UnnamedUnsubscribe = Omit<StoredUnsubscribe, "respondent_id">;

const sql = {
  listUnsubscribes: statement(`SELECT survey_id, respondent_id, source, created_at FROM unsubscribes
    WHERE (survey_id, respondent_id) > (:survey, :respondent) AND respondent_id BETWEEN :first AND :last
    ORDER BY survey_id, respondent_id LIMIT :limit`),
  listUnsubscribesFrom: statement(`SELECT survey_id, respondent_id, source, created_at FROM unsubscribes
    WHERE survey_id = :survey AND respondent_id BETWEEN max(:respondent, :first) AND :last
      AND respondent_id <> :respondent
    ORDER BY respondent_id LIMIT :limit`),
  listAmong: statement(`SELECT survey_id, respondent_id, source, created_at FROM unsubscribes
    WHERE (survey_id, respondent_id) IN (
      SELECT value ->> 'survey', value ->> 'respondent' FROM json_each(:asked))`),
  insertUnsubscribe: statement(`INSERT INTO unsubscribes (survey_id, respondent_id, source, created_at)
    VALUES (:survey_id, :respondent_id, :source, :created_at)
    ON CONFLICT (survey_id, respondent_id) DO NOTHING`),
  deleteUnsubscribe: statement(
    `DELETE FROM unsubscribes WHERE survey_id = :survey AND respondent_id = :respondent RETURNING survey_id`,
  ),
  eraseUnsubscribes: statement(`DELETE FROM unsubscribes WHERE survey_id = :survey AND respondent_id IN (
    SELECT respondent_id FROM unsubscribes WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
};

/** A text after which no text that begins with `start` is sorted. */
const endOf = (start: string) => `${start}\u{10ffff}`;

/**
 * At most `limit` unsubscribes in order of survey and respondent, after the one given. `lists`: from which surveys, in order;
 * '' is the list of those unsubscribed from all surveys, and null means every list. The respondents' ids begin with `start`.
 */
export async function listUnsubscribes(
  store: Store,
  after: { survey: string; respondent: string },
  lists: readonly string[] | null,
  start: string,
  limit: number,
): Promise<StoredUnsubscribe[]> {
  const within = { first: start, last: endOf(start) };
  if (lists === null) return store.all<StoredUnsubscribe>(sql.listUnsubscribes({ ...after, ...within, limit }));
  const found: StoredUnsubscribe[] = [];
  for (const list of lists.filter((each) => each >= after.survey)) {
    if (found.length === limit) break;
    const respondent = list === after.survey ? after.respondent : "";
    const query = sql.listUnsubscribesFrom({ survey: list, respondent, ...within, limit: limit - found.length });
    found.push(...(await store.all<StoredUnsubscribe>(query)));
  }
  return found;
}

/** Those of the unsubscribes that are there, in any order. */
export async function listUnsubscribesAmong(
  store: Store,
  asked: readonly { survey: string; respondent: string }[],
): Promise<StoredUnsubscribe[]> {
  const named = asked.map(({ survey, respondent }) => ({ survey, respondent }));
  return store.all<StoredUnsubscribe>(sql.listAmong({ asked: JSON.stringify(named) }));
}

/** Stores an unsubscribe, and queues it for the webhooks that are told of it. Idempotent. */
export async function insertUnsubscribe(store: Store, entry: StoredUnsubscribe): Promise<void> {
  const { survey_id: survey, respondent_id: respondent, source, created_at } = entry;
  await store.batch([sql.insertUnsubscribe(entry), queueUnsubscribe({ survey, respondent, source }, created_at)]);
}

/** Deletes an unsubscribe. False if there was none. */
export async function deleteUnsubscribe(store: Store, survey: string, respondent: string): Promise<boolean> {
  return (await store.all(sql.deleteUnsubscribe({ survey, respondent }))).length > 0;
}

/** Deletes at most `most` unsubscribes from a survey. Returns the number deleted. */
export async function eraseUnsubscribes(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseUnsubscribes({ survey, most }))).length;
}
