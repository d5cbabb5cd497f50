/**
 * Delivers the messages that are due. It runs after a write to a survey with a webhook, and every minute. A run takes a few messages
 * of a few webhooks, so that it stays within the 50 queries and 50 requests of an invocation on the free plan, and so that a
 * receiver that is down keeps no other from being told.
 */
import type { Store } from "../db/store.ts";
import { findSurvey } from "../db/surveys.ts";
import type { DeliveryRow, SettledAttempt } from "../db/webhook-deliveries.ts";
import { claimDeliveries, listDueWebhooks, settleDeliveries } from "../db/webhook-deliveries.ts";
import { findWebhook, switchOff } from "../db/webhooks.ts";
import { waitAfter } from "./backoff.ts";
import { sendInForm } from "./forms.ts";
import { messagesOf } from "./messages-of.ts";
import type { Attempt, Sending } from "./send.ts";

/** Webhooks of one run, and messages of each. A message to a name costs three requests: two ask for its addresses. */
export const pace = { webhooks: 3, messages: 5, atOnce: 5 } as const;

/**
 * For how long (ms) a run may keep its messages: longer than all their attempts take, one group of `atOnce` after another. A run
 * that dies lets go of them then.
 */
function leaseMs({ timeoutMs }: Sending): number {
  return (timeoutMs + RESOLVING_MS) * Math.ceil((pace.webhooks * pace.messages) / pace.atOnce) + 30_000;
}

const RESOLVING_MS = 6000;

/** Sends what is due; with `survey` only of this survey. Returns how many messages it took. */
export async function deliverDue(store: Store, sending: Sending, survey?: string): Promise<number> {
  const webhooks = await listDueWebhooks(store, sending.clock(), pace.webhooks, survey);
  const inTurn = turns(pace.atOnce);
  const taken = await Promise.all(webhooks.map((webhook) => deliverTo(store, sending, webhook, inTurn)));
  return taken.reduce((sum, count) => sum + count, 0);
}

/** Takes the messages of one webhook, sends them, and stores what came of each. */
async function deliverTo(store: Store, sending: Sending, id: string, inTurn: InTurn): Promise<number> {
  const now = sending.clock();
  const lease = now + leaseMs(sending);
  const rows = await claimDeliveries(store, id, { now, lease }, pace.messages);
  const [first] = rows;
  if (!first) return 0;
  const survey = await findSurvey(store, first.survey_id);
  const webhook = survey && (await findWebhook(store, survey.id, id));
  const settled = async (attempts: readonly SettledAttempt[], dropped: readonly string[]) =>
    settleDeliveries(store, { webhook: id, lease, now: sending.clock() }, attempts, dropped);
  if (!webhook) {
    await settled([], idsOf(rows));
    return rows.length;
  }
  const messages = await messagesOf(store, webhook, rows);
  const told = rows.filter((row) => messages.has(row.id));
  const attempts = await Promise.all(
    told.map(async (row): Promise<SettledAttempt> => {
      if (webhook.off) return { id: row.id, state: "dead", due: null, status: null, failure: "webhook_off" };
      const message = { id: row.id, body: messages.get(row.id)!, survey, webhook };
      const attempt = await inTurn(() => sendInForm(message, sending));
      return settledAs(row, attempt, sending.clock());
    }),
  );
  if (attempts.some(({ failure }) => failure === "gone")) await switchOff(store, survey.id, id, sending.clock());
  await settled(attempts, idsOf(rows.filter((row) => !messages.has(row.id))));
  return rows.length;
}

/** What is stored of an attempt: delivered, to be tried again, or dead. */
function settledAs(row: DeliveryRow, { failure, status, retryAfterMs, isFinal }: Attempt, now: number): SettledAttempt {
  const { id } = row;
  if (failure === null) return { id, state: "delivered", due: null, status, failure };
  const wait = failure === "gone" || isFinal ? null : waitAfter(row.attempts, Math.random(), retryAfterMs);
  return { id, state: wait === null ? "dead" : "waiting", due: wait === null ? null : now + wait, status, failure };
}

function idsOf(rows: readonly DeliveryRow[]): string[] {
  return rows.map(({ id }) => id);
}

type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets `most` pieces of work go on at once, and the others wait. The platform opens six connections at once and lets further ones
 * wait, and the time-out of those would run meanwhile.
 */
function turns(most: number): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
