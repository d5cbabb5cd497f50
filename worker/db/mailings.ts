/** The sent_mailings table: what is sent to many, when, and how far it has come. mail_counts says the same in numbers. */
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** Instants are milliseconds since 1970. `key`: the mailing that its invitations name. `base`: how its links begin. */
export type StoredMailing = {
  survey_id: string;
  id: string;
  key: string;
  base: string;
  created_at: number;
  send_at: number | null;
  remind_after_days: number | null;
  paused_at: number | null;
  cancelled_at: number | null;
};

export type NewMailing = Omit<StoredMailing, "paused_at" | "cancelled_at">;

/** How many mails of a round have come to a state, and why. */
export type MailCount = { mailing_id: string; round: number; state: string; why: string; mails: number };

const COLUMNS = `survey_id, id, key, base, created_at, send_at, remind_after_days, paused_at, cancelled_at`;

const FIRST_DUE = `(SELECT min(due_at) FROM mails INDEXED BY mails_due
    WHERE survey_id = sent_mailings.survey_id AND mailing_id = sent_mailings.id AND due_at IS NOT NULL)`;

const sql = {
  findMailing: statement(`SELECT ${COLUMNS} FROM sent_mailings WHERE survey_id = :survey AND id = :id`),
  listMailings: statement(`SELECT ${COLUMNS} FROM sent_mailings INDEXED BY mailings_newest
    WHERE survey_id = :survey AND (created_at, id) < (:created, :id) ORDER BY created_at DESC, id DESC LIMIT :limit`),
  insertMailing: statement(`INSERT INTO sent_mailings
      (survey_id, id, key, base, created_at, send_at, remind_after_days, next_at)
    VALUES (:survey_id, :id, :key, :base, :created_at, :send_at, :remind_after_days, :due)
    ON CONFLICT (survey_id, id) DO NOTHING`),
  pauseMailing: statement(`UPDATE sent_mailings SET paused_at = :now, next_at = NULL
    WHERE survey_id = :survey AND id = :id AND paused_at IS NULL AND cancelled_at IS NULL RETURNING id`),
  resumeMailing: statement(`UPDATE sent_mailings SET paused_at = NULL, next_at = ${FIRST_DUE}
    WHERE survey_id = :survey AND id = :id AND paused_at IS NOT NULL AND cancelled_at IS NULL RETURNING id`),
  cancelMailing: statement(`UPDATE sent_mailings SET cancelled_at = :now, next_at = ${FIRST_DUE}
    WHERE survey_id = :survey AND id = :id AND cancelled_at IS NULL RETURNING id`),
  findNextMailing: statement(`SELECT ${COLUMNS} FROM sent_mailings INDEXED BY mailings_next
    WHERE next_at <= :now ORDER BY next_at LIMIT 1`),
  noteNext:
    statement(`UPDATE sent_mailings SET next_at = iif(paused_at IS NULL OR cancelled_at IS NOT NULL, ${FIRST_DUE}, NULL)
    WHERE survey_id = :survey AND id = :id`),
  listCounts: statement(`SELECT mailing_id, round, state, why, mails FROM mail_counts
    WHERE survey_id = :survey AND mailing_id IN (SELECT value FROM json_each(:ids))`),
  eraseCounts: statement(`DELETE FROM mail_counts WHERE survey_id = :survey`),
  eraseMailings: statement(`DELETE FROM sent_mailings WHERE survey_id = :survey AND id IN (
    SELECT id FROM sent_mailings WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
};

export async function findMailing(store: Store, survey: string, id: string): Promise<StoredMailing | null> {
  return store.first<StoredMailing>(sql.findMailing({ survey, id }));
}

/** At most `limit` mailings of the survey, the newest first, before the one given. */
export async function listMailings(
  store: Store,
  survey: string,
  before: { created: number; id: string },
  limit: number,
): Promise<StoredMailing[]> {
  return store.all<StoredMailing>(sql.listMailings({ survey, ...before, limit }));
}

/** The statement that stores the mailing unless it is there. `due` (ms): when its first mail is. */
export function insertMailing(mailing: NewMailing, due: number): Query {
  return sql.insertMailing({ ...mailing, due });
}

/** False where it was paused before, or is cancelled. */
export async function pauseMailing(store: Store, survey: string, id: string, now: number): Promise<boolean> {
  return (await store.all(sql.pauseMailing({ survey, id, now }))).length > 0;
}

/** False where it was not paused. */
export async function resumeMailing(store: Store, survey: string, id: string): Promise<boolean> {
  return (await store.all(sql.resumeMailing({ survey, id }))).length > 0;
}

/** No mail of it is begun any more; the run that sends mails takes them out of the queue. False where it was cancelled before. */
export async function cancelMailing(store: Store, survey: string, id: string, now: number): Promise<boolean> {
  return (await store.all(sql.cancelMailing({ survey, id, now }))).length > 0;
}

/** The mailing that has waited longest for its next mail; null where none is due. */
export async function findNextMailing(store: Store, now: number): Promise<StoredMailing | null> {
  return store.first<StoredMailing>(sql.findNextMailing({ now }));
}

/** Notes when the mailing's next mail is due, after some of them were tried. */
export async function noteNext(store: Store, survey: string, id: string): Promise<void> {
  await store.all(sql.noteNext({ survey, id }));
}

export async function listMailCounts(store: Store, survey: string, ids: readonly string[]): Promise<MailCount[]> {
  return store.all<MailCount>(sql.listCounts({ survey, ids: JSON.stringify(ids) }));
}

/** Deletes at most `most` mailings of a deleted survey, and what is counted of all of them. Returns the number of mailings. */
export async function eraseMailings(store: Store, survey: string, most: number): Promise<number> {
  const [erased = []] = await store.batch([sql.eraseMailings({ survey, most }), sql.eraseCounts({ survey })]);
  return erased.length;
}
