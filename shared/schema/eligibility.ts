import * as z from "zod";
import { contactRefusals, tokenFaults } from "../vocabulary.ts";
import { respondentSchema, surveyIdSchema } from "./response.ts";

/** The body of `POST /v1/eligibility`: who the visitor is, and the token that proves it. */
export const eligibilitySchema = z.strictObject({
  survey: surveyIdSchema,
  id: respondentSchema.shape.id,
  token: respondentSchema.shape.token.unwrap(),
});

/**
 * The reply. `unverified`: the token proves nothing, so the visitor may be asked as any stranger may; `token_fault` says why it
 * proves nothing.
 */
export const eligibilityShape = z.discriminatedUnion("ask", [
  z.object({
    ask: z.literal(true),
    reason: z.literal("unverified").exactOptional(),
    token_fault: z.enum(tokenFaults).exactOptional(),
  }),
  z.object({ ask: z.literal(false), reason: z.enum(contactRefusals) }),
]);
export type Eligibility = z.output<typeof eligibilityShape>;
