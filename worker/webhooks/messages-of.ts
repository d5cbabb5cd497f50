/** The messages of the queue, written from what is stored now: the queue itself holds ids. */
import type { Unsubscribed, WebhookMessage } from "../../shared/schema/webhook.ts";
import type { UnsubscribeSource } from "../../shared/vocabulary.ts";
import type { ItemRow } from "../db/response-items.ts";
import { listResponseItems } from "../db/response-items.ts";
import type { Store } from "../db/store.ts";
import { listUnsubscribesAmong } from "../db/unsubscribes.ts";
import type { DeliveryRow } from "../db/webhook-deliveries.ts";
import type { StoredWebhook } from "../db/webhooks.ts";
import { publicResponse } from "../replies/response.ts";
import { meets } from "./filter.ts";

type ResponseEvent = "response.created" | "response.amended" | "comment.created";
type UnsubscribeFact = { survey: string; source: UnsubscribeSource };

/**
 * The message of each row, by its id. One is missing where there is nothing to tell: the response was erased, deleted or taken out
 * of the figures, it does not meet the webhook's filter, or the person was erased.
 */
export async function messagesOf(
  store: Store,
  webhook: StoredWebhook,
  rows: readonly DeliveryRow[],
): Promise<Map<string, WebhookMessage>> {
  const items = await itemsOf(store, webhook.survey, rows);
  const unsubscribed = await unsubscribedAmong(store, rows);
  const messages = new Map<string, WebhookMessage>();
  for (const row of rows) {
    const message = { timestamp: new Date(row.created_at).toISOString(), survey: webhook.survey };
    const { type } = row;
    if (type === "score.dropped") messages.set(row.id, { type, ...message, data: JSON.parse(row.fact!) });
    else if (type === "respondent.unsubscribed") {
      const data = unsubscribed.get(row.id);
      if (data) messages.set(row.id, { type, ...message, data });
    } else {
      const item = items.get(row.response_id!);
      if (item && meets(webhook.filter, item))
        messages.set(row.id, { type: type satisfies ResponseEvent, ...message, data: publicResponse(item) });
    }
  }
  return messages;
}

/** The responses by id, without those that were erased and those that are left out of the figures. */
async function itemsOf(store: Store, survey: string, rows: readonly DeliveryRow[]): Promise<Map<string, ItemRow>> {
  const ids = rows.map((row) => row.response_id).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const items = await listResponseItems(store, survey, ids);
  return new Map(items.filter((item) => !item.sealed && !item.excluded).map((item) => [item.id, item]));
}

/** The unsubscribes that are still in force, by the id of the message. */
async function unsubscribedAmong(store: Store, rows: readonly DeliveryRow[]): Promise<Map<string, Unsubscribed>> {
  const asked = rows
    .filter((row) => row.respondent_id !== null)
    .map((row) => ({ id: row.id, respondent: row.respondent_id!, ...(JSON.parse(row.fact!) as UnsubscribeFact) }));
  if (asked.length === 0) return new Map();
  const found = await listUnsubscribesAmong(store, asked);
  return new Map(
    asked.flatMap(({ id, survey, respondent, source }) => {
      const entry = found.find((each) => each.survey_id === survey && each.respondent_id === respondent);
      if (!entry) return [];
      const unsubscribed_at = new Date(entry.created_at).toISOString();
      return [[id, { respondent, survey: survey || null, source, unsubscribed_at }]];
    }),
  );
}
