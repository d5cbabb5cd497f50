/** Webhooks as far as a request drives them. */
import type { Context } from "hono";
import type { App } from "../env.ts";
import { deliverDue } from "../webhooks/deliver.ts";
import type { Sending } from "../webhooks/send.ts";
import { endSending, sendingOf } from "../webhooks/sending.ts";
import { inBackground } from "./background.ts";

/** How this request's messages are sent. */
export function sendingFor(c: Context<App>): Sending {
  const { fetch, clock, isLocal } = c.var;
  return sendingOf(c.env, { fetch, clock, isLocal });
}

/** Sends what is due to the survey's webhooks after the reply, so that nobody waits for a receiver. */
export async function deliverInBackground(c: Context<App>, survey: string): Promise<void> {
  const sending = sendingFor(c);
  await inBackground(
    c,
    deliverDue(c.var.store, sending, survey).finally(() => endSending(sending)),
  );
}
