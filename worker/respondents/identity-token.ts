/**
 * Checks the token by which the owner's server says who a visitor is. Its claims are `sub`, the respondent's id, `aud`, the
 * survey, and `exp`, in seconds since 1970; `kid` is the signing key. It has one of two forms:
 *
 * - a JWT (RFC 7519) signed by HS256, with `kid` in its header;
 * - `base64url({sub,aud,exp,kid}).base64url(HMAC-SHA256(secret, "id.v1." + the first part))`. The prefix keeps such a signature
 *   from passing for any other that the same secret makes, a JWT's too: what is signed in a JWT begins with `eyJ`.
 *
 * The key decides the algorithm: a header that names another one is refused, whatever it names.
 */
import type * as z from "zod";
import { identityClaimsSchema, jwtHeaderSchema, keyClaimSchema } from "../../shared/schema/signing-key.ts";
import type { TokenFault } from "../../shared/vocabulary.ts";
import { fromBase64url } from "../crypto/base64url.ts";
import { hmac, sameBytes } from "../crypto/hmac.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";

/** A server's clock may be this far ahead of ours before its `nbf` is in the future. */
const AHEAD_SECONDS = 60;

type Bearer = { survey: string; respondent: string; token: string };

/**
 * Why the token does not prove that the visitor is `respondent` of `survey`; null where it proves that. A bad, expired or
 * revoked token proves nothing and is no error: no answer may be lost because a token expired while the person was thinking,
 * or because a key was changed.
 */
export async function tokenFaultOf(
  store: Store,
  { survey, respondent, token }: Bearer,
  now: number,
): Promise<TokenFault | null> {
  const read = readToken(token);
  if (typeof read === "string") return read;
  const { claims, kid, signed, signature } = read;
  if (claims.exp == null) return "no_expiry";
  if (claims.exp * 1000 <= now) return "expired";
  if (claims.nbf != null && (claims.nbf - AHEAD_SECONDS) * 1000 > now) return "not_yet_valid";
  if (!claims.aud.includes(survey)) return "wrong_survey";
  if (claims.sub !== respondent) return "wrong_person";
  const key = await findSigningKey(store, kid);
  if (key?.survey_id !== survey || key.use !== "identity") return "unknown_key";
  return sameBytes(signature, await hmac(key.secret, signed)) ? null : "wrong_signature";
}

type Token = {
  claims: z.output<typeof identityClaimsSchema>;
  kid: string;
  /** The text that was signed. */
  signed: string;
  signature: Uint8Array;
};

function readToken(token: string): Token | "malformed" | "wrong_algorithm" {
  const parts = token.split(".");
  if (parts.length === 2) return readOwnForm(parts[0]!, parts[1]!);
  return parts.length === 3 ? readJwt(parts[0]!, parts[1]!, parts[2]!) : "malformed";
}

function readOwnForm(payload: string, signature: string): Token | "malformed" {
  const body = readJson(payload);
  const kid = keyClaimSchema.safeParse(body).data?.kid;
  return tokenOf(body, kid, `id.v1.${payload}`, signature);
}

function readJwt(head: string, payload: string, signature: string): Token | "malformed" | "wrong_algorithm" {
  const header = jwtHeaderSchema.safeParse(readJson(head)).data;
  if (!header || (header.typ ?? "JWT").toUpperCase() !== "JWT") return "malformed";
  if (header.alg !== "HS256") return "wrong_algorithm";
  return tokenOf(readJson(payload), header.kid, `${head}.${payload}`, signature);
}

function tokenOf(body: unknown, kid: string | undefined, signed: string, signature: string): Token | "malformed" {
  const claims = identityClaimsSchema.safeParse(body).data;
  const bytes = fromBase64url(signature);
  return claims && kid !== undefined && bytes ? { claims, kid, signed, signature: bytes } : "malformed";
}

/** The value of a part of a token; undefined where the part is not JSON in base64url. */
function readJson(part: string): unknown {
  const bytes = fromBase64url(part);
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return undefined;
  }
}
