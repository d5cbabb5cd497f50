import type { Delivery, Webhook } from "../../shared/schema/webhook.ts";
import type { DeliveryRow } from "../db/webhook-deliveries.ts";
import type { CountedWebhook } from "../db/webhooks.ts";

export function publicWebhook(webhook: CountedWebhook): Webhook {
  const { id, url, events, filter, format, language, chat, off, waiting, dead } = webhook;
  return {
    ...{ id, url, events, filter, format, language, chat },
    enabled: off === null,
    off: off && { at: new Date(off.at).toISOString(), why: off.why },
    created_at: new Date(webhook.createdAt).toISOString(),
    tested_at: instantOf(webhook.testedAt),
    waiting,
    dead,
  };
}

export function publicDelivery(row: DeliveryRow): Delivery {
  const { id, type, response_id, state, attempts, created_at, due_at, tried_at, status, failure } = row;
  return {
    ...{ id, type, response: response_id, state, attempts },
    created_at: new Date(created_at).toISOString(),
    next_attempt_at: instantOf(due_at),
    last_attempt_at: instantOf(tried_at),
    ...{ status, failure },
  };
}

function instantOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
