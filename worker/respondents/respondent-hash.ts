/**
 * A name for a person who is not to be named: what an unsubscribe is kept under once nothing else names its person. Only
 * who already knows the respondent's id, and has this collector's key, finds it again.
 */
import { base64url } from "../crypto/base64url.ts";
import { unsubscribeSecret } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";

/** The keyed hash of each respondent's id, in their order. */
export async function hashRespondents(store: Store, respondents: readonly string[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const secret = encoder.encode(await unsubscribeSecret(store));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return Promise.all(
    respondents.map(async (respondent) => {
      const signed = await crypto.subtle.sign("HMAC", key, encoder.encode(`respondent.v1.${respondent}`));
      return base64url(new Uint8Array(signed));
    }),
  );
}
