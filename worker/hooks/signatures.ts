/**
 * The ways in which programs sign the events that they send: all are an HMAC-SHA256 over the body, and differ in what else is
 * signed, in which header the signature stands, and how it is written.
 */
import { limits } from "../../shared/limits.ts";
import type { HookSignature } from "../../shared/vocabulary.ts";

/** `address`: the one that the sender was given, with its query. */
export type SignedRequest = { headers: Headers; method: string; address: string; raw: string };

/** What was signed, the signatures given for it, and at which instant (ms); null where the sender signs no time. */
type Claim = { text: string; given: Uint8Array[]; at: number | null };

/** What the request claims; null where it lacks a header or has one that cannot be read. */
type Scheme = { claim: (request: SignedRequest) => Claim | null; keyOf?: (secret: string) => Uint8Array | null };

const encoder = new TextEncoder();

const schemes: Readonly<Record<HookSignature, Scheme>> = {
  /** Standard Webhooks: `v1,BASE64` for each key, with blanks between. The secret is base64 behind `whsec_`. */
  standard: {
    claim: ({ headers, raw }) => {
      const [id, time] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
      const given = (headers.get("webhook-signature") ?? "")
        .split(" ")
        .filter((each) => each.startsWith("v1,"))
        .map((each) => each.slice(3));
      return id && time ? claimOf(`${id}.${time}.${raw}`, given.map(fromBase64), seconds(time)) : null;
    },
    keyOf: (secret) => fromBase64(secret.replace(/^whsec_/, "")),
  },
  /** `t=SECONDS,v1=HEX`, with a `v1` for each secret in force. */
  stripe: {
    claim: ({ headers, raw }) => {
      const parts = (headers.get("stripe-signature") ?? "").split(",").map((each) => each.trim().split("="));
      const time = parts.find(([name]) => name === "t")?.[1];
      const given = parts.filter(([name]) => name === "v1").map(([, value = ""]) => fromHex(value));
      return time ? claimOf(`${time}.${raw}`, given, seconds(time)) : null;
    },
  },
  shopify: overBody("x-shopify-hmac-sha256"),
  woocommerce: overBody("x-wc-webhook-signature"),
  /** The time, as `2026-11-22T12:00:00Z`, directly before the body. */
  zendesk: {
    claim: ({ headers, raw }) => {
      const time = headers.get("x-zendesk-webhook-signature-timestamp");
      const given = fromBase64(headers.get("x-zendesk-webhook-signature") ?? "");
      return time ? claimOf(time + raw, [given], Date.parse(time)) : null;
    },
  },
  /** Version 3: method, address, body and time, in milliseconds. HubSpot writes some characters of a query undone. */
  hubspot: {
    claim: ({ headers, method, address, raw }) => {
      const time = headers.get("x-hubspot-request-timestamp");
      const given = fromBase64(headers.get("x-hubspot-signature-v3") ?? "");
      return time ? claimOf(method + undone(address) + raw + time, [given], numberOf(time)) : null;
    },
  },
  chatwoot: {
    claim: ({ headers, raw }) => {
      const time = headers.get("x-chatwoot-timestamp");
      const given = fromHex((headers.get("x-chatwoot-signature") ?? "").replace(/^sha256=/, ""));
      return time ? claimOf(`${time}.${raw}`, [given], seconds(time)) : null;
    },
  },
};

/** Whether the sender has signed the request with the secret, lately. The comparison takes the same time for every signature. */
export async function isSigned(
  signature: HookSignature,
  secret: string,
  request: SignedRequest,
  now: number,
): Promise<boolean> {
  const { claim: claimIn, keyOf = (text) => encoder.encode(text) } = schemes[signature];
  const [claim, bytes] = [claimIn(request), keyOf(secret)];
  if (!claim || !bytes?.byteLength) return false;
  // An instant that cannot be read is NaN, which is not near.
  const near = claim.at === null || Math.abs(now - claim.at) <= limits.hookSignatureMinutes * MINUTE_MS;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const text = encoder.encode(claim.text);
  const right = await Promise.all(claim.given.map((each) => crypto.subtle.verify("HMAC", key, each, text)));
  return near && right.includes(true);
}

const MINUTE_MS = 60_000;
/** More signatures than a sender has secrets in force. */
const MOST_GIVEN = 8;

function overBody(header: string): Scheme {
  return { claim: ({ headers, raw }) => claimOf(raw, [fromBase64(headers.get(header) ?? "")], null) };
}

function claimOf(text: string, given: readonly (Uint8Array | null)[], at: number | null): Claim {
  return { text, given: given.filter((each) => each !== null).slice(0, MOST_GIVEN), at };
}

function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function seconds(text: string): number {
  return numberOf(text) * 1000;
}

function fromHex(text: string): Uint8Array | null {
  if (!/^([0-9a-f]{2}){1,64}$/i.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]{1,700}={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The address with the characters undone that HubSpot's description lists. */
function undone(address: string): string {
  return address.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (escaped) => decodeURIComponent(escaped));
}
