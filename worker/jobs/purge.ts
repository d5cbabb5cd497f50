/** Deletes what has expired, in chunks that fit into one invocation. The next run deletes what is left. */

import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { purgeEvents } from "../db/hook-events.ts";
import { purgeHooks, purgePayloads } from "../db/hooks.ts";
import { purgeInvitations } from "../db/invitations.ts";
import { purgeMails } from "../db/mails.ts";
import { purgeTests } from "../db/responses.ts";
import { purgeSessions } from "../db/sessions.ts";
import type { Store } from "../db/store.ts";
import { purgeDeliveries } from "../db/webhook-deliveries.ts";
import { purgeWebhooks } from "../db/webhooks.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
const TEST_MS = DAY_MS;
const HOUR_MS = 3_600_000;
/**
 * An invitation is valid for a year at most. Its row is kept a little longer, so that the page behind its link can say that it
 * has expired.
 */
const INVITATION_MS = 400 * DAY_MS;

/** Deletes day-old test responses, expired sessions, old invitations, mails that were sent long ago, old messages to webhooks, and what hooks received. */
export async function purge(store: Store, now: number): Promise<Done> {
  const mailed = now - limits.mailDays * DAY_MS;
  const purged = [
    await purgeTests(store, now - TEST_MS, CHUNK),
    await purgeDeliveries(store, now - limits.webhookDeliveryDays * DAY_MS, CHUNK),
    await purgeEvents(store, CHUNK),
    await purgePayloads(store, now - limits.hookPayloadHours * HOUR_MS),
    await purgeMails(store, mintResponseId(mailed, new Uint8Array(10)), mailed, CHUNK),
    await purgeInvitations(store, mintResponseId(now - INVITATION_MS, new Uint8Array(10)), CHUNK),
  ];
  await purgeWebhooks(store);
  await purgeHooks(store);
  await purgeSessions(store, now);
  return { done: purged.reduce((sum, count) => sum + count), more: purged.some((count) => count >= CHUNK) };
}
