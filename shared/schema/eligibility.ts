import * as z from "zod";
import { respondentSchema, surveyIdSchema } from "./response.ts";

/** The body of `POST /v1/eligibility`: who the visitor is, and the token that proves it. */
export const eligibilitySchema = z.strictObject({
  survey: surveyIdSchema,
  id: respondentSchema.shape.id,
  token: respondentSchema.shape.token.unwrap(),
});

/** Why a respondent is left alone, whatever the channel. */
export type HeldBack = "unsubscribed" | "answered_recently" | "invited_recently";

/** `unverified`: the token proves nothing, so the visitor is asked as a stranger would be. */
export type Eligibility = { ask: true; reason?: "unverified" } | { ask: false; reason: HeldBack };
