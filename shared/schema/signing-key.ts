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
 * What an identity token says of a visitor, as the owner's server signed it. `exp` and `nbf` are in seconds since 1970; other
 * claims are ignored. Servers whose ids are numbers sign numbers: they mean the same id in digits.
 */
export const identityClaimsSchema = z.object({
  sub: z.union([respondentIdSchema, z.int().transform(String)]),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  exp: z.number().nullish(),
  nbf: z.number().nullish(),
});

/** Where a token without a header names its key: among the claims. */
export const keyClaimSchema = z.object({ kid: z.string() });

/** The header of a token that is a JWT. `crit` names extensions without which a token may not be read; none is known here. */
export const jwtHeaderSchema = z.object({
  alg: z.string(),
  kid: z.string(),
  typ: z.string().optional(),
  crit: z.never().optional(),
});
