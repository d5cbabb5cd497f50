import * as z from "zod";
import { languages } from "../languages.ts";
import { limits } from "../limits.ts";
import { isMergeTag } from "../links/merge-tag.ts";
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import { confirmations, contactRefusals, invitationStates, mailFormats } from "../vocabulary.ts";
import { propertiesSchema, respondentSchema } from "./response.ts";
import { instant, instantShape, oneOf } from "./text.ts";

const invited = z.strictObject({
  id: respondentSchema.shape.id,
  /** Given back beside the link for the sender's merge, and where `send` mails the invitation to; without `send` kept nowhere. */
  email: z.string().max(320, { error: "must be at most 320 characters" }).optional(),
  /** The page's language; by default what the person's browser asks for. */
  language: oneOf(languages).optional(),
  properties: propertiesSchema.optional(),
});

const daysError = `must be a whole number from 1 to ${limits.invitationDays}`;

const reminderError = `must be a whole number from 1 to ${limits.invitationDays}`;

/** The body of `POST /v1/surveys/:id/invitations`. */
export const invitationsSchema = z.strictObject({
  respondents: z
    .array(invited)
    .min(1, { error: "must name at least one respondent" })
    .max(limits.invitations, { error: `must name at most ${limits.invitations} respondents` }),
  expires_in_days: z
    .int({ error: daysError })
    .min(1, { error: daysError })
    .max(limits.invitationDays, {
      error: daysError,
    })
    .default(limits.invitationDaysUsual),
  /** `gesture`: the preselected score is saved at the person's first gesture on the page, not only by Send. */
  confirm: oneOf(confirmations).default("send"),
  include: z.array(oneOf(mailFormats)).max(mailFormats.length).default([]),
  /** The collector mails each invitation to its `email`; to the id where there is none and the id is an address. */
  send: z.boolean().default(false),
  /** From when on the mails are sent; at once where it has passed or is not said. */
  send_at: instant.optional(),
  /** Days after the first mail was accepted until the person gets a second and last one, unless they have answered. */
  remind_after_days: z
    .int({ error: reminderError })
    .min(1, { error: reminderError })
    .max(limits.invitationDays, { error: reminderError })
    .optional(),
});
export type InvitationsBody = z.output<typeof invitationsSchema>;
export type InvitationsInput = z.input<typeof invitationsSchema>;

/** A key by which the same call, sent again, makes nothing twice. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, { error: "must be 1 to 200 visible ASCII characters" });

const scoreUrls = z.record(z.string(), z.string()).exactOptional();

/** The links of one invited person. */
export const invitedPersonShape = z.object({
  id: z.string(),
  respondent: z.string(),
  email: z.string().exactOptional(),
  url: z.string(),
  /** One link for each score of each question that is asked. */
  score_urls: z.object(
    Object.fromEntries(scoreNames.map((name) => [name, scoreUrls])) as Record<ScoreName, typeof scoreUrls>,
  ),
  /** For the header `List-Unsubscribe` (RFC 8058). */
  unsubscribe_url: z.string(),
  html: z.string().exactOptional(),
  text: z.string().exactOptional(),
});
export type InvitedPerson = z.output<typeof invitedPersonShape>;

/** `duplicate`: named twice in one call. `revoked`: invited in this mailing before, and the invitation withdrawn. */
export const skipReasons = [...contactRefusals, "duplicate", "revoked"] as const;
export type SkipReason = (typeof skipReasons)[number];

/** The reply to `POST /v1/surveys/:id/invitations`. */
export const invitationsReplyShape = z.object({
  invitations: z.array(invitedPersonShape),
  skipped: z.array(z.object({ respondent: z.string(), reason: z.enum(skipReasons) })),
  /** With `send`: the mailing that the mails belong to. */
  mailing: z.string().exactOptional(),
});
export type InvitationsReply = z.output<typeof invitationsReplyShape>;

/** The reply to `GET /v1/surveys/:id/invitations/:iid`. */
export const invitationShape = z.object({
  id: z.string(),
  respondent: z.string(),
  state: z.enum(invitationStates),
  language: z.string().nullable(),
  properties: propertiesSchema,
  /** Null while the survey has no key to sign it with: the last was deleted. The next call of invitations makes one. */
  url: z.string().nullable(),
  created_at: instantShape,
  expires_at: instantShape,
});
export type Invitation = z.output<typeof invitationShape>;

/**
 * The query of `GET /v1/surveys/:id/email-block`: exactly one merge tag, for the whole link or for the respondent's id. By any
 * other name a property that the survey declares as a segment: a value, or a merge field that holds it.
 */
export const emailBlockQuerySchema = z
  .strictObject({
    /** A merge field that holds each person's own `url`. */
    link: z.string().min(1).max(limits.urlCharacters).optional(),
    /** A merge field that holds the respondent's id, unsigned. */
    r: z
      .string()
      .max(limits.urlCharacters)
      .refine(isMergeTag, {
        error:
          "must be a mailer's mark for a field, such as {{id}} or %CONTACTID%: else all readers are one respondent",
      })
      .optional(),
    language: oneOf(languages).optional(),
  })
  .catchall(z.string().min(1, { error: "must not be empty" }).max(limits.urlCharacters))
  .refine(({ link, r }) => (link === undefined) !== (r === undefined), {
    error: "needs either link or r",
  });

/** The reply to `GET /v1/surveys/:id/email-block`. */
export const emailBlockShape = z.object({ html: z.string(), text: z.string() });
export type EmailBlock = z.output<typeof emailBlockShape>;
