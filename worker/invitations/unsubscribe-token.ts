/**
 * The token in an unsubscribe link, `/u/TOKEN`: `base64url(nonce, AES-256-GCM(key, nonce, "survey language respondent"))`. A
 * mail may be kept for years, so the token needs no row of the database and no key that can be deleted: it names its person by
 * itself, in a form that only this collector can read. A migration makes its key, which has no other use. The nonce is the
 * beginning of an HMAC of the text, so that a person's link is the same each time and no two texts have the same nonce.
 */
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { hmac } from "../crypto/hmac.ts";
import { unsubscribeSecret } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { tokenIn } from "./link-token.ts";

/** The person for whom the link was made. Survey and language decide how the page looks; the survey may have been deleted. */
export type UnsubscribeClaims = { respondent: string; survey: string; language: string | null };

const NONCE_BYTES = 12;
/** Characters before the dot in an answer's link; no token of our own is as short. */
const LINK_PAYLOAD = 34;

/** Makes any number of tokens with one imported key. */
export async function unsubscribeSigner(store: Store): Promise<(claims: UnsubscribeClaims) => Promise<string>> {
  const secret = await unsubscribeSecret(store);
  const [cipher, nonces] = await Promise.all([importCipher(secret), importNonces(secret)]);
  return async ({ respondent, survey, language }) => {
    const text = new TextEncoder().encode(`${survey} ${language ?? ""} ${respondent}`);
    const nonce = new Uint8Array(await crypto.subtle.sign("HMAC", nonces, text), 0, NONCE_BYTES);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, cipher, text);
    const bytes = new Uint8Array(NONCE_BYTES + sealed.byteLength);
    bytes.set(nonce);
    bytes.set(new Uint8Array(sealed), NONCE_BYTES);
    return base64url(bytes);
  };
}

/**
 * The token in the text after /u/ in an address, which mail programs may have garbled; in older mails that of the answer's
 * link.
 */
export function unsubscribeTokenIn(text: string): string {
  const [token = ""] = /[\w-]+/.exec(text.replace(/=?\s+/g, "")) ?? [];
  return token.length === LINK_PAYLOAD ? tokenIn(text).token : token;
}

/** What the token says; null for a token that this collector did not make. */
export async function readUnsubscribe(store: Store, token: string): Promise<UnsubscribeClaims | null> {
  const bytes = fromBase64url(token);
  if (!bytes || bytes.byteLength <= NONCE_BYTES) return null;
  const cipher = await importCipher(await unsubscribeSecret(store));
  try {
    const iv = bytes.subarray(0, NONCE_BYTES);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, cipher, bytes.subarray(NONCE_BYTES));
    const [survey = "", language = "", ...respondent] = new TextDecoder().decode(text).split(" ");
    return { respondent: respondent.join(" "), survey, language: language || null };
  } catch {
    return null;
  }
}

async function importCipher(secret: string): Promise<CryptoKey> {
  const bytes = await hmac(secret, "unsubscribe.key.v1");
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function importNonces(secret: string): Promise<CryptoKey> {
  const bytes = await hmac(secret, "unsubscribe.nonce.v1");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
