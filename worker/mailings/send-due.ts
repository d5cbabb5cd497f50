/**
 * Sends the mails that are due. It runs after a request that queues mails, and every minute; one run at a time, because the caps
 * count for all mailings together. Each mail is noted before it is handed over, and its end is stored with the note of the next
 * one: a run that is killed leaves one mail of which nobody knows whether it was accepted, and that one is counted as uncertain.
 */
import { limits } from "../../shared/limits.ts";
import type { CountedStore } from "../db/counted-store.ts";
import type { MailRun } from "../db/mail-run.ts";
import { beginMail, endMailRun, findMailRun, handedOver, takeMailRun } from "../db/mail-run.ts";
import type { StoredMailing } from "../db/mailings.ts";
import { findNextMailing, noteNext, pauseMailing } from "../db/mailings.ts";
import type { DueMail, SettledMail } from "../db/mails.ts";
import { cancelMails, listDueMails, noteUnsure, settleMails } from "../db/mails.ts";
import { findSurvey } from "../db/surveys.ts";
import type { Mailer } from "../mail/mail.ts";
import { blockedFor } from "./backoff.ts";
import { judgeMails } from "./judge.ts";
import type { MailSender } from "./sender.ts";
import { givenUp, settledAs, skippedFor } from "./settled.ts";
import { mailWriter } from "./write-mail.ts";

/** How long a run may begin mails (ms), and how many statements the store may have been asked for when it ends. */
export type Bounds = { forMs: number; statements: number };

/** Statements of a group of mails beside two for each mail, and those with which a run ends. */
const OF_A_GROUP = 13;
const OF_THE_END = 2;
/** Mails of one group: they are judged together, just before they are sent. */
const GROUP = 20;
const CANCELLED_AT_ONCE = 1000;
/** After so many mails in a row that are not taken yet the run ends: the sender wants a pause. */
const SOFT_MOST = 3;
/** What a run has the row for beyond the time that a mail may take (ms). */
const SLACK_MS = 5000;

type Run = {
  id: string;
  store: CountedStore;
  sender: MailSender;
  mailer: Mailer;
  ends: number;
  bounds: Bounds;
  /** How many mails the caps still allow. */
  left: number;
  taken: number;
  softs: number;
  /** How the last mail ended, until that is stored. */
  told: SettledMail | null;
  failures: number;
  blocked: number;
  fault: string | null;
};

/** Sends what is due, within the caps and the bounds. Returns how many mails it took, sent or not. */
export async function sendDueMails(store: CountedStore, sender: MailSender, bounds: Bounds): Promise<number> {
  const now = sender.clock();
  const before = await findMailRun(store);
  if (before.run_until > now || before.blocked_until > now || allowed(before, sender, now) <= 0) return 0;
  if (!(await findNextMailing(store, now))) return 0;
  const id = crypto.randomUUID();
  const row = await takeMailRun(store, { run: id, now, until: until(sender, now) });
  if (!row) return 0;
  if (row.in_flight !== null) await store.batch([noteUnsure(row.in_flight, row.in_flight_round!)]);
  const run: Run = {
    id,
    store,
    sender,
    mailer: sender.open(),
    ends: now + bounds.forMs,
    bounds,
    left: allowed(row, sender, now),
    taken: 0,
    softs: 0,
    told: null,
    failures: row.failures,
    blocked: 0,
    fault: null,
  };
  try {
    while (hasRoom(run)) {
      const mailing = await findNextMailing(store, sender.clock());
      if (!mailing || !(await sendSome(run, mailing))) break;
    }
    await flush(run);
    await store.batch([endMailRun(id, run)]);
  } catch (error) {
    // What was accepted must be known: the database may be there again.
    await flush(run).catch(() => {});
    throw error;
  } finally {
    await run.mailer.close();
  }
  return run.taken;
}

function allowed(row: MailRun, { perMinute, perDay }: MailSender, now: number): number {
  const { minute, day } = handedOver(row, now);
  return Math.min(perMinute - minute, perDay - day);
}

function until({ timeoutMs }: MailSender, now: number): number {
  return now + timeoutMs + SLACK_MS;
}

/** Whether the run may begin a further group. */
function hasRoom(run: Run): boolean {
  return (
    run.fault === null && run.softs < SOFT_MOST && run.left > 0 && run.sender.clock() < run.ends && mailsLeft(run) > 0
  );
}

/** How many mails of a further group the plan's statements are enough for. */
function mailsLeft({ store, bounds }: Run): number {
  return Math.floor((bounds.statements - store.asked() - OF_A_GROUP - OF_THE_END) / 2);
}

/** Sends some of the mailing's mails that are due. False where nothing has changed by it. */
async function sendSome(run: Run, mailing: StoredMailing): Promise<boolean> {
  const { store, sender } = run;
  const { survey_id, id } = mailing;
  const now = sender.clock();
  if (mailing.cancelled_at !== null) {
    const cancelled = await cancelMails(store, mailing, now, CANCELLED_AT_ONCE);
    await noteNext(store, survey_id, id);
    run.taken += cancelled;
    return cancelled > 0;
  }
  const survey = await findSurvey(store, survey_id);
  if (!survey || survey.settings.paused) return pauseMailing(store, survey_id, id, now);
  const due = await listDueMails(store, mailing, now, Math.min(GROUP, run.left, mailsLeft(run)));
  const sure = due.filter(({ unsure }) => unsure < limits.mailUnsureMost);
  const judged = await judgeMails(store, survey, sure, now);
  const settled = [
    ...due.filter((mail) => !sure.includes(mail)).map(givenUp),
    ...judged.flatMap(({ mail, skip }) => (skip ? [skippedFor(mail, skip)] : [])),
  ];
  if (settled.length > 0) await store.batch([settleMails(settled, now)]);
  const begun = await sendEach(
    run,
    judged.flatMap(({ mail, skip }) => (skip ? [] : [mail])),
    await mailWriter(store, survey, mailing.base, now),
  );
  await flush(run);
  await noteNext(store, survey_id, id);
  run.taken += settled.length + begun;
  return settled.length + begun > 0 || due.length === 0;
}

/** Returns how many mails it handed over. */
async function sendEach(
  run: Run,
  mails: readonly DueMail[],
  write: Awaited<ReturnType<typeof mailWriter>>,
): Promise<number> {
  const { store, sender, mailer } = run;
  let begun = 0;
  for (const mail of mails) {
    const now = sender.clock();
    if (run.fault !== null || run.softs >= SOFT_MOST || now >= run.ends) break;
    const written = await write(mail);
    const { invitation_id: invitation, round } = mail;
    const told = run.told && settleMails([run.told], now);
    const isBegun = await beginMail(store, { run: run.id, invitation, round, now, until: until(sender, now) }, told);
    run.told = null;
    if (!isBegun) continue;
    begun++;
    run.left--;
    const outcome = await mailer.send(written);
    const after = sender.clock();
    run.told = settledAs(mail, outcome, Math.random(), after);
    if (!outcome.accepted && outcome.kind === "unreachable") {
      run.failures++;
      run.blocked = after + blockedFor(run.failures);
      run.fault = outcome.detail;
    } else {
      run.failures = 0;
      run.softs = !outcome.accepted && outcome.kind === "soft" ? run.softs + 1 : 0;
    }
  }
  return begun;
}

/** Stores how the last mail ended. */
async function flush(run: Run): Promise<void> {
  if (!run.told) return;
  await run.store.batch([settleMails([run.told], run.sender.clock())]);
  run.told = null;
}
