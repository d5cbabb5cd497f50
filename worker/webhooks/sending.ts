/** What the environment says of sending: how long it may take, and whether this machine itself may be asked. */
import { limits } from "../../shared/limits.ts";
import type { Env } from "../env.ts";
import { openMailer } from "../mail/open.ts";
import type { Sending } from "./send.ts";

/** An attempt in the background of a request ends with the request's invocation, half a minute after the reply. */
const MOST_SECONDS = 25;

/** `isLocal` is decided when the Worker is bundled, so that no variable of a deployed one opens its host's own network. */
export function sendingOf(
  env: Pick<Env, "WEBHOOKS_TO_LOOPBACK" | "WEBHOOK_TIMEOUT_SECONDS" | "MAILER" | "MAIL_FROM" | "EMAIL">,
  { fetch, clock, isLocal }: { fetch: typeof globalThis.fetch; clock: () => number; isLocal: boolean },
): Sending {
  const seconds = Number(env.WEBHOOK_TIMEOUT_SECONDS);
  const isBetween = Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST_SECONDS;
  return {
    fetch,
    clock,
    loopback: isLocal && env.WEBHOOKS_TO_LOOPBACK === "on",
    mailer: openMailer(env, { fetch, clock }),
    timeoutMs: (isBetween ? seconds : limits.webhookTimeoutSeconds) * 1000,
  };
}

/** Ends what is still open. A request or a cron calls it when it has sent its messages. */
export async function endSending({ mailer }: Sending): Promise<void> {
  if (!("missing" in mailer)) await mailer.close();
}
