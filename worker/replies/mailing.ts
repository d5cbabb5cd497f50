import type { MailCounts, MailFailure, Mailing } from "../../shared/schema/mailing.ts";
import type { MailingState, MailingWait, MailRefusal } from "../../shared/vocabulary.ts";
import type { MailCount, StoredMailing } from "../db/mailings.ts";
import type { FailedMail } from "../db/mails.ts";

/** `waitsFor`: what is in the way of all mailings at present. `now` (ms) tells whether it has begun. */
export function publicMailing(
  mailing: StoredMailing,
  counts: readonly MailCount[],
  { waitsFor, now }: { waitsFor: MailingWait | null; now: number },
): Mailing {
  const own = counts.filter(({ mailing_id }) => mailing_id === mailing.id);
  const first = countsOf(own.filter(({ round }) => round === 1));
  const reminders = countsOf(own.filter(({ round }) => round === 2));
  const state = stateOf(mailing, first, reminders, now);
  return {
    id: mailing.id,
    state,
    waits_for: state === "sending" || state === "reminding" ? waitsFor : null,
    created_at: instant(mailing.created_at),
    send_at: mailing.send_at === null ? null : instant(mailing.send_at),
    remind_after_days: mailing.remind_after_days,
    paused_at: mailing.paused_at === null ? null : instant(mailing.paused_at),
    cancelled_at: mailing.cancelled_at === null ? null : instant(mailing.cancelled_at),
    counts: first,
    reminders,
  };
}

function stateOf(mailing: StoredMailing, first: MailCounts, reminders: MailCounts, now: number): MailingState {
  if (mailing.cancelled_at !== null) return "cancelled";
  if (first.waiting + reminders.waiting === 0) return "done";
  if (mailing.paused_at !== null) return "paused";
  if (first.waiting === 0) return "reminding";
  return mailing.send_at !== null && mailing.send_at > now ? "scheduled" : "sending";
}

function countsOf(counts: readonly MailCount[]): MailCounts {
  const by = (state: string): Record<string, number> =>
    Object.fromEntries(counts.filter((each) => each.state === state).map(({ why, mails }) => [why, mails]));
  const all = (state: string) => Object.values(by(state)).reduce((sum, mails) => sum + mails, 0);
  const ended = ["accepted", "refused", "unknown", "skipped", "cancelled"].reduce((sum, state) => sum + all(state), 0);
  return {
    queued: all("queued"),
    waiting: all("queued") - ended,
    accepted: all("accepted"),
    refused: all("refused"),
    refused_by: by("refused"),
    unknown: all("unknown"),
    skipped: by("skipped"),
    cancelled: all("cancelled"),
    bounced: all("bounced"),
    complained: all("complained"),
    answered: all("answered"),
    uncertain: all("uncertain"),
  };
}

export function publicFailure(row: FailedMail): MailFailure {
  return {
    invitation: row.invitation_id,
    respondent: row.respondent_id,
    reminder: row.round === 2,
    state: row.state,
    refused_by: row.state === "refused" ? (row.why as MailRefusal) : null,
    detail: row.detail,
    attempts: row.attempts,
    at: instant(row.settled_at),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
