/** The secrets of webhooks, and signatures by the Standard Webhooks specification (HMAC-SHA256, version `v1`). */
import { limits } from "../../shared/limits.ts";
import type { WebhookSecret } from "../db/webhooks.ts";

const PREFIX = "whsec_";
const HOUR_MS = 3_600_000;
/** Secrets that may sign at once: an owner who replaces one twice in a day does not lock out a receiver that has the first. */
const MOST = 4;

const encoder = new TextEncoder();

/** A new secret of 192 bits, in the form that the specification's libraries read. */
export function makeSecret(): WebhookSecret {
  return { secret: PREFIX + base64(crypto.getRandomValues(new Uint8Array(24))), until: null };
}

/** The secrets with a new one before them; the one in use so far signs for `limits.webhookSecretHours` more. */
export function replaceSecret(secrets: readonly WebhookSecret[], now: number): WebhookSecret[] {
  const ends = now + limits.webhookSecretHours * HOUR_MS;
  const earlier = inForce(secrets, now).map(({ secret, until }) => ({ secret, until: until ?? ends }));
  return [makeSecret(), ...earlier].slice(0, MOST);
}

/** The value of `webhook-signature`: a signature by each secret in force, with blanks between. `at` is in seconds. */
export async function signatures(
  secrets: readonly WebhookSecret[],
  { id, at, body }: { id: string; at: number; body: string },
  now: number,
): Promise<string> {
  const signed = inForce(secrets, now).map(async ({ secret }) => {
    const raw = Uint8Array.from(atob(secret.slice(PREFIX.length)), (each) => each.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const made = await crypto.subtle.sign("HMAC", key, encoder.encode(`${id}.${at}.${body}`));
    return `v1,${base64(new Uint8Array(made))}`;
  });
  return (await Promise.all(signed)).join(" ");
}

function inForce(secrets: readonly WebhookSecret[], now: number): WebhookSecret[] {
  return secrets.filter(({ until }) => until === null || until > now);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
