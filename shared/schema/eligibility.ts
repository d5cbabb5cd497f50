import * as z from "zod";
import type { ContactRefusal } from "../vocabulary.ts";
import { respondentSchema, surveyIdSchema } from "./response.ts";

/** The body of `POST /v1/eligibility`: who the visitor is, and the token that proves it. */
export const eligibilitySchema = z.strictObject({
  survey: surveyIdSchema,
  id: respondentSchema.shape.id,
  token: respondentSchema.shape.token.unwrap(),
});

/** `unverified`: the token proves nothing, so the visitor is asked as a stranger would be. */
export type Eligibility = { ask: true; reason?: "unverified" } | { ask: false; reason: ContactRefusal };
