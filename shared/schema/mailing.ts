import * as z from "zod";
import { mailingStates, mailingWaits, mailRefusals, mailSkips } from "../vocabulary.ts";
import { instantShape } from "./text.ts";

const count = z.int();

/** How many mails have come to which end. `queued` counts all of them; `waiting` those that are still to be sent. */
export const mailCountsShape = z.object({
  queued: count,
  waiting: count,
  /** The sender has said that it accepts them. Those that came back later are among them. */
  accepted: count,
  refused: count,
  refused_by: z.partialRecord(z.enum(mailRefusals), count),
  /** Handed over several times without an answer, and given up: they may have arrived. */
  unknown: count,
  skipped: z.partialRecord(z.enum(mailSkips), count),
  cancelled: count,
  bounced: count,
  complained: count,
  /** People who answered after this mail. */
  answered: count,
  /** Mails, accepted later or not, of which an attempt ended without an answer: some may have come twice. */
  uncertain: count,
});
export type MailCounts = z.output<typeof mailCountsShape>;

/** A mailing, in `GET /v1/surveys/:id/mailings`. */
export const mailingShape = z.object({
  id: z.string(),
  state: z.enum(mailingStates),
  /** Why it does not go on at present, though mails are due; null where nothing is in its way. */
  waits_for: z.enum(mailingWaits).nullable(),
  created_at: instantShape,
  send_at: instantShape.nullable(),
  remind_after_days: z.int().nullable(),
  paused_at: instantShape.nullable(),
  cancelled_at: instantShape.nullable(),
  counts: mailCountsShape,
  reminders: mailCountsShape,
});
export type Mailing = z.output<typeof mailingShape>;

/** The body of `PATCH /v1/surveys/:id/mailings/:mid`. */
export const mailingPatchSchema = z.strictObject({ paused: z.boolean() });

/** A mail that was refused or came back, in `GET /v1/surveys/:id/mailings/:mid/failures`. */
export const mailFailureShape = z.object({
  invitation: z.string(),
  respondent: z.string(),
  reminder: z.boolean(),
  state: z.enum(["refused", "unknown", "bounced", "complained"]),
  /** Of a refused mail: how it was refused. */
  refused_by: z.enum(mailRefusals).nullable(),
  /** What the sender said, as a sentence. It may name the address. */
  detail: z.string().nullable(),
  attempts: z.int(),
  at: instantShape,
});
export type MailFailure = z.output<typeof mailFailureShape>;
