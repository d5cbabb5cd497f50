import * as z from "zod";
import { signingUses } from "../vocabulary.ts";
import { respondentIdSchema } from "./response.ts";
import { instantShape, oneOf } from "./text.ts";

export const newSigningKeySchema = z.strictObject({
  use: oneOf(signingUses).default("identity"),
});

/** A signing key as it is listed: never its secret. */
export const signingKeyShape = z.object({ id: z.string(), use: z.enum(signingUses), created_at: instantShape });
export type SigningKey = z.output<typeof signingKeyShape>;

/** The reply to the POST: the one time that an identity secret is shown. A link key's secret never is. */
export const newSigningKeyShape = signingKeyShape.extend({ secret: z.string().exactOptional() });
export type NewSigningKey = z.output<typeof newSigningKeyShape>;

/**
 * What an identity token says of a visitor, as the owner's server signed it. `exp` is in seconds since 1970; other
 * claims are ignored.
 */
export const identityClaimsSchema = z.object({
  sub: respondentIdSchema,
  aud: z.string(),
  exp: z.number(),
  kid: z.string(),
});
