/** Each sender's signature, made here as its own description says, and what makes it worthless. */
import { describe, expect, it } from "vitest";
import type { HookReply } from "../../../shared/schema/hook.ts";
import type { HookSignature } from "../../../shared/vocabulary.ts";
import { NOON } from "../support/collector.ts";
import { aHook, anOpenSurvey } from "../support/inbound.ts";

type Signed = (body: string, secret: string, at: number, address: string) => Promise<Record<string, string>>;

const SECRET = "shpss_0123456789abcdef";

async function hmac(secret: string | Uint8Array, text: string): Promise<Uint8Array> {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
}
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const hex = (bytes: Uint8Array) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
const seconds = (at: number) => String(Math.floor(at / 1000));

const senders: Record<HookSignature, Signed> = {
  standard: async (body, secret, at) => {
    const raw = Uint8Array.from(atob(secret.replace("whsec_", "")), (each) => each.charCodeAt(0));
    const signature = base64(await hmac(raw, `msg_1.${seconds(at)}.${body}`));
    return { "webhook-id": "msg_1", "webhook-timestamp": seconds(at), "webhook-signature": `v1a,AAAA v1,${signature}` };
  },
  stripe: async (body, secret, at) => {
    const [right, other] = [
      await hmac(secret, `${seconds(at)}.${body}`),
      await hmac("rolled", `${seconds(at)}.${body}`),
    ];
    return { "Stripe-Signature": `t=${seconds(at)},v1=${hex(other)},v1=${hex(right)},v0=${hex(other)}` };
  },
  shopify: async (body, secret) => ({ "X-Shopify-Hmac-Sha256": base64(await hmac(secret, body)) }),
  woocommerce: async (body, secret) => ({ "X-WC-Webhook-Signature": base64(await hmac(secret, body)) }),
  zendesk: async (body, secret, at) => {
    const time = new Date(at).toISOString().replace(".000", "");
    const signature = base64(await hmac(secret, time + body));
    return { "X-Zendesk-Webhook-Signature": signature, "X-Zendesk-Webhook-Signature-Timestamp": time };
  },
  hubspot: async (body, secret, at, address) => {
    const signature = base64(await hmac(secret, `POST${address}${body}${at}`));
    return { "X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": String(at) };
  },
  chatwoot: async (body, secret, at) => {
    const signature = hex(await hmac(secret, `${seconds(at)}.${body}`));
    return { "X-Chatwoot-Signature": `sha256=${signature}`, "X-Chatwoot-Timestamp": seconds(at) };
  },
};

/** These sign no time: the event's id is what makes a repeat harmless. */
const timeless = ["shopify", "woocommerce"];

const body = JSON.stringify({ id: 1, contact: { id: "ann" } });

const secretOf = (signature: HookSignature) =>
  signature === "standard" ? `whsec_${btoa("0123456789abcdef01234567")}` : SECRET;

async function aSender(signature: HookSignature) {
  const secret = secretOf(signature);
  const { collector, survey } = await anOpenSurvey({ secrets: { PUBLIC_URL: "https://shop.example/feedback" } });
  const { path } = await aHook(collector, survey, { signature, secret });
  const send = async (text: string, headers: Record<string, string>, query = "?from=a%2Fb") =>
    (await collector.request<HookReply>("POST", path + query, text, headers)).status;
  return { send, address: `https://shop.example/feedback${path}?from=a/b` };
}

describe.each(Object.entries(senders))("%s", (name, sign) => {
  const signature = name as HookSignature;
  const secret = secretOf(signature);

  it("an event that its sender has signed is accepted without a key", async () => {
    const { send, address } = await aSender(signature);
    expect(await send(body, await sign(body, secret, NOON, address))).toBe(202);
  });

  it("another secret, a changed body, no signature and one of another kind are refused", async () => {
    const { send, address } = await aSender(signature);
    const other = signature === "standard" ? `whsec_${btoa("another")}` : "another";
    const headers = await sign(body, secret, NOON, address);
    expect(await send(body, await sign(body, other, NOON, address))).toBe(404);
    expect(await send(body.replace("ann", "eva"), headers)).toBe(404);
    expect(await send(body, {})).toBe(404);
    for (const [header, value] of Object.entries(headers)) {
      expect(await send(body, { ...headers, [header]: "" }), `without ${header}`).toBe(404);
      expect(await send(body, { ...headers, [header]: `${value.slice(0, 3)}*` }), `a broken ${header}`).toBe(404);
    }
    const foreign = signature === "shopify" ? senders.woocommerce : senders.shopify;
    expect(await send(body, await foreign(body, SECRET, NOON, address))).toBe(404);
  });
});

it.each(Object.entries(senders).filter(([name]) => !timeless.includes(name)))(
  "%s: a signature of more than five minutes ago, or as far ahead, is refused",
  async (name, sign) => {
    const signature = name as HookSignature;
    const { send, address } = await aSender(signature);
    const at = async (minutes: number) =>
      send(body, await sign(body, secretOf(signature), NOON + minutes * 60_000, address));
    expect([await at(-6), await at(-5), await at(5), await at(6)]).toEqual([404, 202, 202, 404]);
  },
);

it("HubSpot's signature counts for the address that it was sent to and no other", async () => {
  const { collector, survey } = await anOpenSurvey();
  const { path } = await aHook(collector, survey, { signature: "hubspot", secret: SECRET });
  const headers = await senders.hubspot(body, SECRET, NOON, `http://localhost${path}?a=1`);
  expect((await collector.request("POST", `${path}?a=2`, body, headers)).status).toBe(404);
  expect((await collector.request("POST", `${path}?a=1`, body, headers)).status).toBe(202);
});

it("beside a signature the hook's key counts too, so that a hook can be tried by hand", async () => {
  const { collector, survey } = await anOpenSurvey();
  const { hook, path } = await aHook(collector, survey, { signature: "stripe", secret: SECRET });
  expect((await collector.request("POST", `${path}?key=${hook.key}`, body)).status).toBe(202);
});
