/**
 * The collector as it is, with Cloudflare's siteverify played by this file: what a token begins with says how it fares.
 * `person`: genuine, good for one response. `outage`: the same, but the first question about it fails. Others are refused.
 */
import { createApp } from "../../worker/app.ts";

const asked = new Set<string>();
const spentOn = new Map<string, string>();

const siteverify = (async (_url: unknown, init?: RequestInit) => {
  const { response: token, idempotency_key: id } = JSON.parse(String(init?.body)) as Record<string, string>;
  if (token!.startsWith("outage") && !asked.has(token!)) {
    asked.add(token!);
    return new Response("busy", { status: 500 });
  }
  if (!spentOn.has(token!)) spentOn.set(token!, id!);
  return Response.json({ success: /^(person|outage)/.test(token!) && spentOn.get(token!) === id });
}) as typeof fetch;

export default { fetch: createApp({ fetch: siteverify }).fetch };
