import * as z from "zod";
import { unsubscribeSources } from "../vocabulary.ts";
import { pagingSchema } from "./paging.ts";
import { respondentSchema, surveyIdSchema } from "./response.ts";
import { instantShape } from "./text.ts";

/** The body of `POST /v1/unsubscribes`. Without a survey: from all of them. */
export const unsubscribeSchema = z.strictObject({
  respondent: respondentSchema.shape.id,
  survey: surveyIdSchema.nullable().optional(),
});

/** The query of `GET /v1/unsubscribes`. */
export const unsubscribesQuerySchema = pagingSchema.extend({
  /** Who is not asked by this survey: its own list and that of all surveys. */
  survey: surveyIdSchema.optional(),
  /** How the respondent's id begins, letter by letter. */
  respondent: respondentSchema.shape.id.optional(),
});

/** The query of `DELETE /v1/unsubscribes`: an id may hold anything, so it does not stand in the path. */
export const unsubscribeQuerySchema = z.strictObject({
  respondent: respondentSchema.shape.id,
  survey: surveyIdSchema.optional(),
});

/** `link`: the person, by a link in a mail. `api`: the owner. */
export const unsubscribeShape = z.object({
  respondent: z.string(),
  /** Null: from all surveys. */
  survey: z.string().nullable(),
  source: z.enum(unsubscribeSources),
  created_at: instantShape,
});
export type Unsubscribe = z.output<typeof unsubscribeShape>;
