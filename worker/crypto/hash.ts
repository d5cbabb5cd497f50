import { base64url } from "./base64url.ts";

const encoder = new TextEncoder();

/** SHA-256 of a text, in base64url. */
export async function hashText(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/**
 * Whether two secrets are equal, in a time that does not depend on where they differ. Both are hashed first, because the
 * platform's comparison throws on unequal lengths.
 */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([a, b].map((each) => crypto.subtle.digest("SHA-256", encoder.encode(each))));
  return crypto.subtle.timingSafeEqual(left as ArrayBuffer, right as ArrayBuffer);
}
