/** Sends the messages to webhooks that are due: those that waited for the rest of an answer, and those that failed before. */
import { deliverDue } from "../webhooks/deliver.ts";
import type { Sending } from "../webhooks/send.ts";
import { endSending } from "../webhooks/sending.ts";
import type { Job } from "./run.ts";

/** `done`: how many messages it took, delivered or not. The next minute's run takes what is left. */
export function deliver(sending: Sending): Job {
  return async (store) => {
    const done = await deliverDue(store, sending).finally(() => endSending(sending));
    return { done, more: false };
  };
}
