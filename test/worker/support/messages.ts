/** Messages of webhooks as forms get them, without a database. */
import type { SurveySettingsInput } from "../../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../../shared/schema/survey.ts";
import type { WebhookMessage } from "../../../shared/schema/webhook.ts";
import type { WebhookFormat } from "../../../shared/vocabulary.ts";
import type { ItemRow } from "../../../worker/db/response-items.ts";
import type { StoredWebhook } from "../../../worker/db/webhooks.ts";
import { publicResponse } from "../../../worker/replies/response.ts";
import type { Message } from "../../../worker/webhooks/message.ts";
import { NOON } from "./collector.ts";
import type { readers } from "./message-readers.ts";

export type ForPeople = keyof typeof readers;

/** Where each service takes messages. */
export const places: Record<ForPeople, { url: string; chat?: string }> = {
  slack: { url: "https://hooks.slack.com/services/T0/B0/token" },
  teams: { url: "https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1?sig=s" },
  discord: { url: "https://discord.com/api/webhooks/123/token" },
  telegram: { url: "https://api.telegram.org/bot123:token/sendMessage", chat: "-1001234567890" },
  google_chat: { url: "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=k&token=t" },
  bitrix24: { url: "https://shop.bitrix24.eu/rest/7/c0de/", chat: "tasks" },
  email: { url: "mailto:team@shop.example" },
};

export const formatsForPeople = Object.keys(places) as ForPeople[];

const SURVEY = "srv_shop";
export const RESPONSE = "01936a2b-0000-7000-8000-000000000000";
const timestamp = new Date(NOON).toISOString();

/** What a message tells. */
export const told = {
  response(fields: Partial<ItemRow> = {}, more: { type?: "comment.created"; test?: true } = {}): WebhookMessage {
    const row: ItemRow = {
      ...{ id: RESPONSE, created_at: NOON, updated_at: NOON, day: "2026-11-22", comment_at: null },
      ...{ nps: 3, csat: null, comment: null, respondent_id: null, respondent_verified: 0 },
      ...{ properties: "{}", segments: "{}", locale: null, channel: "page", page: null },
      ...{ tags: "[]", status: "open", note: null, excluded: 0, flags: "[]" },
      ...{ assignee: null, replied_at: null, resolved_at: null },
      ...fields,
    };
    return { type: "comment.created", timestamp, survey: SURVEY, data: publicResponse(row), ...more };
  },
  unsubscribe(respondent: string, survey: string | null): WebhookMessage {
    const data = { respondent, survey, source: "api" as const, unsubscribed_at: timestamp };
    return { type: "respondent.unsubscribed", timestamp, survey: SURVEY, data };
  },
  fall(
    question: "nps" | "csat",
    [before, beforeOf]: [number, number],
    [after, afterOf]: [number, number],
  ): WebhookMessage {
    const data = {
      question,
      before: { from: "2026-09-27", to: "2026-10-24", score: before, responses: beforeOf },
      after: { from: "2026-10-25", to: "2026-11-21", score: after, responses: afterOf },
      change: { difference: after - before, low: after - before - 10, high: after - before + 10 },
    };
    return { type: "score.dropped", timestamp, survey: SURVEY, data };
  },
};

export function aMessage(
  body: WebhookMessage,
  { format = "telegram", ...webhook }: Partial<StoredWebhook> & { format?: WebhookFormat } = {},
  settings: Partial<SurveySettingsInput> = {},
): Message {
  return {
    id: "msg_1",
    body,
    survey: { id: SURVEY, settings: surveySettingsSchema.parse({ name: "Shop", ...settings }) },
    webhook: {
      ...{
        id: "whk_1",
        survey: SURVEY,
        url: places[format as ForPeople].url,
        chat: places[format as ForPeople].chat ?? null,
      },
      ...{ events: ["comment.created"], filter: {}, format, language: null, secrets: [] },
      ...{ dashboard: "https://vidhuk.example", createdAt: NOON, testedAt: null, off: null },
      ...webhook,
    },
  };
}
