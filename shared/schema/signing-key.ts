import * as z from "zod";
import type { SigningUse } from "../vocabulary.ts";
import { signingUses } from "../vocabulary.ts";
import { respondentIdSchema } from "./response.ts";
import { oneOf } from "./text.ts";

export const newSigningKeySchema = z.strictObject({
  use: oneOf(signingUses).default("identity"),
});

/** A signing key as it is listed: never its secret. */
export type SigningKey = { id: string; use: SigningUse; created_at: string };

/** The reply to the POST: the one time that an identity secret is shown. A link key's secret never is. */
export type NewSigningKey = SigningKey & { secret?: string };

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
