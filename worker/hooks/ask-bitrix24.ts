/** Asks the REST API of a Bitrix24 by the address of an inbound webhook. It goes where webhooks may go, and nowhere else. */

import { isRefused, targetOf } from "../webhooks/address.ts";
import type { Sending } from "../webhooks/send.ts";
import { nameFault } from "../webhooks/send.ts";

/** More than a deal or a contact with all its fields takes. */
const MOST_BYTES = 256 * 1024;

/** The `result` of the method; null for whatever kept it from being given. It never throws, and logs nothing. */
export async function askBitrix24(
  inbound: string,
  method: string,
  parameters: Record<string, unknown>,
  { fetch, loopback, timeoutMs }: Pick<Sending, "fetch" | "loopback" | "timeoutMs">,
): Promise<unknown> {
  const target = targetOf(`${inbound.replace(/\/*$/, "/")}${method}`, loopback);
  if (isRefused(target)) return null;
  if (target.name !== null && (await nameFault(fetch, target.name))) return null;
  try {
    const reply = await fetch(target.url.href, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(parameters),
      // The address holds a secret: it is sent nowhere else.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await boundedText(reply);
    return reply.ok && text !== null ? (JSON.parse(text)?.result ?? null) : null;
  } catch {
    return null;
  }
}

/** The body; null where it is larger than is read. */
async function boundedText(reply: Response): Promise<string | null> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = reply.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    bytes += step.value.byteLength;
    if (bytes > MOST_BYTES) {
      reader?.cancel().catch(() => {});
      return null;
    }
    text += decoder.decode(step.value, { stream: true });
  }
  return text;
}
