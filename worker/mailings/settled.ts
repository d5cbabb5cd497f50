/** What is stored of a mail after an attempt, or instead of one. */
import { limits } from "../../shared/limits.ts";
import type { MailSkip } from "../../shared/vocabulary.ts";
import type { DueMail, SettledMail } from "../db/mails.ts";
import type { Outcome } from "../mail/mail.ts";
import { nextAttempt } from "./backoff.ts";
import { mailId } from "./write-mail.ts";

/** Accepted, to be tried again, or given up. */
export function settledAs(mail: DueMail, outcome: Outcome, luck: number, now: number): SettledMail {
  const { invitation_id: invitation, round } = mail;
  const tried = { invitation, round, why: "", due: null, tried: 1, unsure: 0, detail: null, senderId: null } as const;
  if (outcome.accepted) {
    const isOwnId = outcome.id.includes(mailId(invitation, round));
    return { ...tried, state: "accepted", senderId: isOwnId ? null : outcome.id };
  }
  const { kind, detail, uncertain } = outcome;
  const unsure = uncertain ? 1 : 0;
  const refusal = { ...tried, unsure, detail } as const;
  if (mail.unsure + unsure >= limits.mailUnsureMost) return { ...refusal, state: "unknown" };
  const due = kind === "hard" ? null : nextAttempt(mail.wanted_at, mail.attempts + 1, luck, now);
  if (due !== null) return { ...refusal, state: "waiting", due };
  // A mail that may have come is not called refused.
  return mail.unsure + unsure > 0 && kind !== "hard"
    ? { ...refusal, state: "unknown" }
    : { ...refusal, state: "refused", why: kind };
}

const untried = { due: null, tried: 0, unsure: 0, detail: null, senderId: null } as const;

/** Left out, for this reason. */
export function skippedFor({ invitation_id: invitation, round }: DueMail, why: MailSkip): SettledMail {
  return { ...untried, invitation, round, state: "skipped", why };
}

/** Given up after attempts that were broken off, of which nobody knows how they ended. */
export function givenUp({ invitation_id: invitation, round }: DueMail): SettledMail {
  return { ...untried, invitation, round, state: "unknown", why: "" };
}
