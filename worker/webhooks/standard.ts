/** The standard form: the message as JSON, signed by the Standard Webhooks specification (standardwebhooks.com). */
import type { Message, WrittenMessage } from "./message.ts";
import { signatures } from "./sign.ts";

/** `now` (ms) is the time of the attempt, which the signature holds, so that a receiver can refuse what is old. */
export async function writeStandard({ id, body: message, webhook }: Message, now: number): Promise<WrittenMessage> {
  const body = JSON.stringify(message);
  const at = Math.floor(now / 1000);
  return {
    url: webhook.url,
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(at),
      "webhook-signature": await signatures(webhook.secrets, { id, at, body }, now),
    },
    body,
  };
}
