/**
 * The mail_run table, of one row: the run that sends mails, of which there is one at a time, so that the caps are kept exactly. It
 * notes each mail before it hands it over. A run that dies leaves this note, and the next one knows of which mail nobody can say
 * whether it was accepted.
 */
import type { MailRound } from "./mails.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** Instants are milliseconds since 1970; `minute` and `day` are numbers of minutes and of days since then. */
export type MailRun = {
  run_until: number;
  in_flight: string | null;
  in_flight_round: MailRound | null;
  minute: number;
  minute_mails: number;
  day: number;
  day_mails: number;
  failures: number;
  blocked_until: number;
  fault: string | null;
};

const COLUMNS = `run_until, in_flight, in_flight_round, minute, minute_mails, day, day_mails, failures, blocked_until, fault`;

const sql = {
  findRun: statement(`SELECT ${COLUMNS} FROM mail_run WHERE id = 1`),
  takeRun: statement(`UPDATE mail_run SET run = :run, run_until = :until
    WHERE id = 1 AND run_until <= :now RETURNING ${COLUMNS}`),
  begin: statement(`UPDATE mail_run SET in_flight = next.id, in_flight_round = :round, run_until = :until,
      minute_mails = iif(minute = :minute, minute_mails, 0) + (next.id IS NOT NULL), minute = :minute,
      day_mails = iif(day = :day, day_mails, 0) + (next.id IS NOT NULL), day = :day
    FROM (SELECT (SELECT m.invitation_id FROM mails AS m
        CROSS JOIN sent_mailings AS g ON g.survey_id = m.survey_id AND g.id = m.mailing_id
        CROSS JOIN invitations AS i ON i.survey_id = m.survey_id AND i.id = m.invitation_id
      WHERE m.invitation_id = :invitation AND m.round = :round AND m.state = 'waiting'
        AND g.paused_at IS NULL AND g.cancelled_at IS NULL AND i.revoked_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM responses WHERE survey_id = i.survey_id AND responses.id = i.id)
        AND NOT EXISTS (SELECT 1 FROM unsubscribes
          WHERE survey_id IN ('', i.survey_id) AND respondent_id = i.respondent_id)) AS id) AS next
    WHERE mail_run.id = 1 AND run = :run RETURNING in_flight`),
  end: statement(`UPDATE mail_run SET in_flight = NULL, run_until = 0, failures = :failures, blocked_until = :blocked,
      fault = :fault
    WHERE id = 1 AND run = :run`),
};

export async function findMailRun(store: Store): Promise<MailRun> {
  return (await store.first<MailRun>(sql.findRun()))!;
}

/** Takes the row for the run until `until` (ms); null where another run has it. */
export async function takeMailRun(
  store: Store,
  { run, now, until }: { run: string; now: number; until: number },
): Promise<MailRun | null> {
  return store.first<MailRun>(sql.takeRun({ run, now, until }));
}

/** A mail to be handed over by a run that has the row until `until` (ms) from then on. */
export type Beginning = { run: string; invitation: string; round: MailRound; now: number; until: number };

/**
 * Notes that the mail is handed over now, and counts it against the caps; stores before how mails ended (`settled`), in the same
 * transaction. False, and no mail is noted, where it must not be sent: its mailing is paused or cancelled, the person has answered
 * or unsubscribed, or another run has the row.
 */
export async function beginMail(
  store: Store,
  { run, invitation, round, now, until }: Beginning,
  settled: Query | null,
): Promise<boolean> {
  const begin = sql.begin({ run, invitation, round, until, minute: minuteOf(now), day: dayOf(now) });
  const results = await store.batch([...(settled ? [settled] : []), begin]);
  return (results.at(-1)?.[0] as Pick<MailRun, "in_flight"> | undefined)?.in_flight === invitation;
}

/** The statement that lets go of the row. `blocked`: until when (ms) no run is made, because the sender was not reached. */
export function endMailRun(run: string, after: { failures: number; blocked: number; fault: string | null }): Query {
  return sql.end({ run, ...after });
}

/** How many mails were handed over in the minute and the day of `now` (ms). */
export function handedOver(run: MailRun, now: number): { minute: number; day: number } {
  return {
    minute: run.minute === minuteOf(now) ? run.minute_mails : 0,
    day: run.day === dayOf(now) ? run.day_mails : 0,
  };
}

function minuteOf(now: number): number {
  return Math.floor(now / 60_000);
}

function dayOf(now: number): number {
  return Math.floor(now / 86_400_000);
}
