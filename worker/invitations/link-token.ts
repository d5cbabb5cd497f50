/**
 * The token in an emailed link: `base64url(id, key id, expiry).base64url(HMAC-SHA256(secret, "link.v1." + the first part) cut
 * to 16 bytes)`: 16 bytes of invitation id, 6 of key id, 3 of expiry in hours since 1970 (good until 3883), 57 characters in
 * all. It names nobody: who is meant stands in the invitation's row.
 */
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { sameBytes } from "../crypto/hmac.ts";

const HOUR_MS = 3_600_000;
const SIGNATURE_BYTES = 16;
const encoder = new TextEncoder();

export type LinkClaims = { invitation: string; keyId: string; expiresAt: number };

/** The end of the hour in which `instant` falls: an expiry as a token can carry it. */
export function wholeHour(instant: number): number {
  return Math.ceil(instant / HOUR_MS) * HOUR_MS;
}

/** Signs any number of links with one imported key. */
export async function linkSigner(key: { id: string; secret: string }) {
  const imported = await importSecret(key.secret);
  return async (invitation: string, expiresAt: number): Promise<string> => {
    const bytes = new Uint8Array(25);
    bytes.set(bytesOfId(invitation));
    bytes.set(fromBase64url(key.id) ?? [], 16);
    const hours = Math.ceil(expiresAt / HOUR_MS);
    bytes.set([hours >>> 16, hours >>> 8, hours], 22);
    const payload = base64url(bytes);
    return `${payload}.${base64url(await signature(imported, payload))}`;
  };
}

/**
 * The token in the text after /r/ or /u/ in an address, and the text behind the token. Mail programs add a full stop, a bracket
 * or a quotation mark to a link, and break long lines; no token contains any of these.
 */
export function tokenIn(text: string): { token: string; tail: string } {
  const whole = text.replace(/=?\s+/g, "");
  const found = /[\w-]{34}\.[\w-]{22}/.exec(whole);
  return found ? { token: found[0], tail: whole.slice(found.index + found[0].length) } : { token: "", tail: "" };
}

/** What the token says, before its signature is checked; null for a text that is no token. */
export function readLink(token: string): LinkClaims | null {
  const bytes = /^[\w-]{34}\.[\w-]{22}$/.test(token) ? fromBase64url(token.slice(0, 34)) : null;
  if (bytes?.byteLength !== 25) return null;
  const [high, middle, low] = bytes.subarray(22) as unknown as [number, number, number];
  return {
    invitation: idOfBytes(bytes.subarray(0, 16)),
    keyId: base64url(bytes.subarray(16, 22)),
    expiresAt: (high * 65536 + middle * 256 + low) * HOUR_MS,
  };
}

/** Whether the token was signed with this secret. */
export async function isSignedLink(token: string, secret: string): Promise<boolean> {
  const [payload = "", given = ""] = token.split(".");
  const bytes = fromBase64url(given);
  return bytes !== null && sameBytes(bytes, await signature(await importSecret(secret), payload));
}

async function signature(key: CryptoKey, payload: string): Promise<Uint8Array> {
  const whole = await crypto.subtle.sign("HMAC", key, encoder.encode(`link.v1.${payload}`));
  return new Uint8Array(whole, 0, SIGNATURE_BYTES);
}

function importSecret(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

function bytesOfId(id: string): Uint8Array {
  const hex = id.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

function idOfBytes(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
