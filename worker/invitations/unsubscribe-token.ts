/**
 * The token in an unsubscribe link, `/u/TOKEN`: `base64url(nonce, AES-256-GCM(key, nonce, "survey language respondent"))`. A
 * mail is kept for years, so the token needs no row and no key that anybody deletes: it says itself whom it is for, to this
 * collector alone. Its key is made by a migration and used for nothing else. The nonce is cut from an HMAC of the text, so
 * that the same person's link is the same each time and no two texts share a nonce.
 */
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { hmac } from "../crypto/hmac.ts";
import { unsubscribeSecret } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { tokenIn } from "./link-token.ts";

/** Whom the link is for. Survey and language say how the page looks; the survey may be gone. */
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

/** The token in what follows /u/ in an address, as mail programs garble it; or an answer's link's, in mails of before. */
export function unsubscribeTokenIn(text: string): string {
  const [token = ""] = /[\w-]+/.exec(text.replace(/=?\s+/g, "")) ?? [];
  return token.length === LINK_PAYLOAD ? tokenIn(text).token : token;
}

/** Whom the token is for; null for one that this collector did not make. */
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
