/** The message of a test: a made-up answer, marked as one, in the form and with the event that the webhook would get. */
import { scoredQuestions, scoreNames } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { ScoreDrop, Unsubscribed, WebhookMessage } from "../../shared/schema/webhook.ts";
import { addDays, dayInZone } from "../../shared/time/calendar.ts";
import type { ItemRow } from "../db/response-items.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { StoredWebhook } from "../db/webhooks.ts";
import { publicResponse } from "../replies/response.ts";
import type { Message } from "./message.ts";

/** The test message of the first event that the webhook is told of. */
export function sampleFor(survey: StoredSurvey, webhook: StoredWebhook, now: number): Message {
  const [type = "response.created"] = webhook.events;
  const common = { timestamp: new Date(now).toISOString(), survey: survey.id, test: true } as const;
  return { id: `msg_test_${crypto.randomUUID()}`, body: bodyOf(type, common, now), survey, webhook };
}

function bodyOf(
  type: WebhookMessage["type"],
  common: { timestamp: string; survey: string; test: true },
  now: number,
): WebhookMessage {
  if (type === "score.dropped") return { type, ...common, data: aDrop(dayInZone(now, "UTC")) };
  if (type === "respondent.unsubscribed") return { type, ...common, data: anUnsubscribe(common.timestamp) };
  return { type, ...common, data: anAnswer(now) };
}

/** The lowest score of every question, with a comment, so that every part of a message is seen. */
function anAnswer(now: number): ResponseItem {
  return publicResponse({
    id: "00000000-0000-7000-8000-000000000000",
    created_at: now,
    day: dayInZone(now, "UTC"),
    updated_at: now,
    ...(Object.fromEntries(scoreNames.map((name) => [name, scoredQuestions[name].scale[0]])) as Pick<
      ItemRow,
      "nps" | "csat"
    >),
    comment: "This is a test message. Nobody has answered.",
    comment_at: now,
    respondent_id: "test-person",
    respondent_verified: 0,
    properties: "{}",
    segments: "{}",
    locale: "en",
    channel: "page",
    page: "https://example.com/",
    tags: "[]",
    status: "open",
    note: null,
    excluded: 0,
    flags: "[]",
    assignee: null,
    replied_at: null,
    resolved_at: null,
  });
}

function anUnsubscribe(unsubscribed_at: string): Unsubscribed {
  return { respondent: "test-person", survey: null, source: "link", unsubscribed_at };
}

function aDrop(day: string): ScoreDrop {
  return {
    question: scoreNames[0]!,
    before: { from: addDays(day, -56), to: addDays(day, -29), score: 40, responses: 400 },
    after: { from: addDays(day, -28), to: addDays(day, -1), score: 20, responses: 400 },
    change: { difference: -20, low: -30.4, high: -9.6 },
  };
}
