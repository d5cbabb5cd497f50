/**
 * The keyed hash under which an unsubscribe is stored once nothing else in the database names its person. Only somebody who
 * knows the respondent's id and has the collector's key can compute it.
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
