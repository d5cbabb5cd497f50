import * as z from "zod";
import { mailStates } from "../vocabulary.ts";
import { responseItemShape } from "./comment.ts";
import { pageShapeOf, pagingSchema } from "./paging.ts";
import { propertiesSchema, respondentIdSchema, storedScores } from "./response.ts";
import { instantShape } from "./text.ts";
import { unsubscribeShape } from "./unsubscribe.ts";

/** The query of `DELETE /v1/respondents`: an id may be anything, `..` too, which no address can hold in its path. */
export const personQuerySchema = z.strictObject({ respondent: respondentIdSchema });

/** The query of `GET /v1/respondents`. */
export const personPageQuerySchema = pagingSchema.extend({ respondent: respondentIdSchema });

/** One response in `GET /v1/respondents/:id`: everything that is stored of it but the hash of its secret. */
export const personResponseShape = responseItemShape
  .pick({
    id: true,
    created_at: true,
    updated_at: true,
    comment: true,
    properties: true,
    locale: true,
    page: true,
    channel: true,
    flags: true,
    tags: true,
    status: true,
    note: true,
    assignee: true,
    answered_at: true,
    excluded: true,
  })
  .extend({
    ...storedScores,
    survey: z.string(),
    received_at: instantShape,
    /** Whether the person's identity was proven. */
    verified: z.boolean(),
    /** Under which value of each segment it counts. */
    segments: z.record(z.string(), z.string()),
    test: z.boolean(),
  });
export type PersonResponse = z.output<typeof personResponseShape>;

/** The reply of `GET /v1/respondents/:id`. Responses come page by page, the rest with each page. */
export const personShape = pageShapeOf(personResponseShape).extend({
  respondent: z.string(),
  invitations: z.array(
    z.object({
      survey: z.string(),
      id: z.string(),
      language: z.string().nullable(),
      properties: propertiesSchema,
      created_at: instantShape,
      expires_at: instantShape,
      revoked_at: instantShape.nullable(),
      /** The mails of this invitation that the collector has sent, or is to send. */
      mails: z.array(
        z.object({
          reminder: z.boolean(),
          state: z.enum(mailStates),
          /** Kept until the mail has gone, or will not go. */
          email: z.string().nullable(),
          /** What the sender said when it refused the mail last. */
          detail: z.string().nullable(),
        }),
      ),
    }),
  ),
  unsubscribes: z.array(unsubscribeShape.omit({ respondent: true })),
});
export type Person = z.output<typeof personShape>;

/** The reply of `DELETE /v1/respondents/:id`. `more`: too much for one call; send it again. */
export const erasedShape = z.object({ responses: z.int(), invitations: z.int(), more: z.boolean() });
export type Erased = z.output<typeof erasedShape>;
