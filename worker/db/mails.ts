/**
 * The mails table: the queue of mails. A mail is written by the transaction that invites its reader, and names the invitation
 * without a copy of it.
 */
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** 1: the invitation. 2: the reminder. */
export type MailRound = 1 | 2;

/** A mail that is due, with its invitation. Instants are milliseconds since 1970. */
export type DueMail = {
  invitation_id: string;
  round: MailRound;
  address: string;
  wanted_at: number;
  due_at: number;
  attempts: number;
  unsure: number;
  respondent_id: string;
  language: string | null;
  invited_at: number;
  expires_at: number;
  revoked_at: number | null;
  answered: number;
};

/** How an attempt ended, or why there is none. `due`: when the next one is made; null for none. */
export type SettledMail = {
  invitation: string;
  round: MailRound;
  state: "waiting" | "accepted" | "refused" | "unknown" | "skipped";
  why: string;
  due: number | null;
  /** 1 for an attempt, 0 for a mail that was not tried. */
  tried: 0 | 1;
  unsure: 0 | 1;
  detail: string | null;
  senderId: string | null;
};

/** A mail that was refused, or that came back. */
export type FailedMail = {
  invitation_id: string;
  round: MailRound;
  state: "refused" | "unknown" | "bounced" | "complained";
  why: string;
  detail: string | null;
  attempts: number;
  settled_at: number;
  respondent_id: string;
};

const sql = {
  queueMails: statement(`INSERT INTO mails (invitation_id, round, survey_id, mailing_id, address, wanted_at, due_at)
    SELECT i.id, 1, :survey, :mailing, asked.value ->> 'address', :due, :due
    FROM json_each(:asked) AS asked CROSS JOIN invitations AS i INDEXED BY invitations_by_respondent
      ON i.respondent_id = asked.value ->> 'respondent' AND i.survey_id = :survey AND i.mailing = :key
    WHERE i.revoked_at IS NULL
    ON CONFLICT (invitation_id, round) DO NOTHING`),
  listDue: statement(`SELECT m.invitation_id, m.round, m.address, m.wanted_at, m.due_at, m.attempts, m.unsure,
      i.respondent_id, i.language, i.created_at AS invited_at, i.expires_at, i.revoked_at, r.id IS NOT NULL AS answered
    FROM mails AS m INDEXED BY mails_due
    CROSS JOIN invitations AS i ON i.survey_id = m.survey_id AND i.id = m.invitation_id
    LEFT JOIN responses AS r ON r.survey_id = m.survey_id AND r.id = m.invitation_id
    WHERE m.survey_id = :survey AND m.mailing_id = :mailing AND m.due_at <= :now ORDER BY m.due_at LIMIT :most`),
  settle:
    statement(`UPDATE mails SET state = told.value ->> 'state', why = told.value ->> 'why', due_at = told.value ->> 'due',
      attempts = attempts + (told.value ->> 'tried'), unsure = unsure + (told.value ->> 'unsure'),
      detail = told.value ->> 'detail', sender_id = told.value ->> 'senderId',
      settled_at = iif(told.value ->> 'state' = 'waiting', NULL, :now),
      address = iif(told.value ->> 'state' = 'waiting', address, NULL)
    FROM json_each(:told) AS told
    WHERE invitation_id = told.value ->> 'invitation' AND round = told.value ->> 'round' AND mails.state = 'waiting'`),
  noteUnsure: statement(`UPDATE mails SET unsure = unsure + 1, attempts = attempts + 1
    WHERE invitation_id = :invitation AND round = :round AND state = 'waiting'`),
  cancel: statement(`UPDATE mails SET state = 'cancelled', due_at = NULL, address = NULL, settled_at = :now
    WHERE (invitation_id, round) IN (SELECT invitation_id, round FROM mails INDEXED BY mails_due
      WHERE survey_id = :survey AND mailing_id = :mailing AND due_at IS NOT NULL
        AND invitation_id <> coalesce((SELECT in_flight FROM mail_run WHERE id = 1), '') LIMIT :most)
    RETURNING 1`),
  listFailed:
    statement(`SELECT m.invitation_id, m.round, m.state, m.why, m.detail, m.attempts, m.settled_at, i.respondent_id
    FROM mails AS m INDEXED BY mails_failed
    CROSS JOIN invitations AS i ON i.survey_id = m.survey_id AND i.id = m.invitation_id
    WHERE m.survey_id = :survey AND m.mailing_id = :mailing AND m.state IN ('refused', 'unknown', 'bounced', 'complained')
      AND (m.invitation_id, m.round) > (:after, :round) ORDER BY m.invitation_id, m.round LIMIT :limit`),
  purgeOld: statement(`DELETE FROM mails WHERE (invitation_id, round) IN (
    SELECT invitation_id, round FROM mails WHERE invitation_id < :before AND settled_at < :settled LIMIT :most)
    RETURNING 1`),
};

/** A mail to be queued: for whom, and where it goes. */
export type Wanted = { respondent: string; address: string };

/**
 * The statement that queues a mail to each of these people whom the mailing has invited and queued no mail for, to be sent at `due`
 * (ms). It stands in one batch with the statement that invites.
 */
export function queueMails(
  { survey_id: survey, id: mailing, key }: { survey_id: string; id: string; key: string },
  asked: readonly Wanted[],
  due: number,
): Query {
  return sql.queueMails({ survey, mailing, key, asked: JSON.stringify(asked), due });
}

/** At most `most` mails of the mailing that are due. */
export async function listDueMails(
  store: Store,
  { survey_id: survey, id: mailing }: { survey_id: string; id: string },
  now: number,
  most: number,
): Promise<DueMail[]> {
  return store.all<DueMail>(sql.listDue({ survey, mailing, now, most }));
}

/** The statement that stores how attempts ended. A mail that is settled already stays as it is. */
export function settleMails(told: readonly SettledMail[], now: number): Query {
  return sql.settle({ told: JSON.stringify(told), now });
}

/** The statement that notes that an attempt was broken off, of which nobody knows how it ended. */
export function noteUnsure(invitation: string, round: MailRound): Query {
  return sql.noteUnsure({ invitation, round });
}

/** Takes at most `most` mails of the mailing out of the queue; not the one that is being handed over. Returns their number. */
export async function cancelMails(
  store: Store,
  { survey_id: survey, id: mailing }: { survey_id: string; id: string },
  now: number,
  most: number,
): Promise<number> {
  return (await store.all(sql.cancel({ survey, mailing, now, most }))).length;
}

/** At most `limit` mails of the mailing that were refused or came back, in order of invitation and round, after the one given. */
export async function listFailedMails(
  store: Store,
  { survey_id: survey, id: mailing }: { survey_id: string; id: string },
  { after, round }: { after: string; round: number },
  limit: number,
): Promise<FailedMail[]> {
  return store.all<FailedMail>(sql.listFailed({ survey, mailing, after, round, limit }));
}

/**
 * Deletes at most `most` mails that were settled before `settled` (ms), of invitations whose id is smaller, and therefore older,
 * than `before`. Returns the number deleted.
 */
export async function purgeMails(store: Store, before: string, settled: number, most: number): Promise<number> {
  return (await store.all(sql.purgeOld({ before, settled, most }))).length;
}
