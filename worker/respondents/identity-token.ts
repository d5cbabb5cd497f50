/**
 * Checks the token by which the owner's server says who a visitor is. A token is
 * `base64url({sub,aud,exp,kid}).base64url(HMAC-SHA256(secret, "id.v1." + the first part))`: `sub` the respondent's id, `aud`
 * the survey, `exp` in seconds since 1970, `kid` the signing key. The prefix keeps such a signature from passing for any
 * other that the same secret might make.
 */
import { identityClaimsSchema } from "../../shared/schema/signing-key.ts";
import { fromBase64url } from "../crypto/base64url.ts";
import { hmac, sameBytes } from "../crypto/hmac.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";

/**
 * Whether the token proves that the visitor is `respondent` of `survey`. A bad, expired or revoked token proves nothing and is
 * no error: no answer may be lost because a token expired while the person was thinking, or because a key was changed.
 */
export async function isProven(
  store: Store,
  survey: string,
  respondent: string,
  token: string,
  now: number,
): Promise<boolean> {
  const [payload = "", signature = "", ...rest] = token.split(".");
  const claims = readClaims(payload);
  const signed = fromBase64url(signature);
  if (rest.length > 0 || !claims || !signed) return false;
  if (claims.sub !== respondent || claims.aud !== survey || claims.exp * 1000 <= now) return false;
  const key = await findSigningKey(store, claims.kid);
  if (key?.survey_id !== survey || key.use !== "identity") return false;
  return sameBytes(signed, await hmac(key.secret, `id.v1.${payload}`));
}

function readClaims(payload: string) {
  const bytes = fromBase64url(payload);
  if (!bytes) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    return identityClaimsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
