/** What events, conditions and failures of webhooks are called. */
import { scoredQuestions, scoreNames } from "../../../../shared/questions.ts";
import type { WebhookFilter } from "../../../../shared/schema/webhook.ts";
import type { DeliveryFailure, WebhookEvent } from "../../../../shared/vocabulary.ts";
import { segmentName } from "../../../i18n/segment-names.ts";
import type { StringKey } from "../../../i18n/translate.ts";
import { t } from "../../../i18n/translate.ts";

/** The text for each event. */
export const webhookEventNames = {
  "response.created": "event_response_created",
  "response.amended": "event_response_amended",
  "comment.created": "event_comment_created",
  "respondent.unsubscribed": "event_respondent_unsubscribed",
  "score.dropped": "event_score_dropped",
} as const satisfies Record<WebhookEvent, StringKey>;

export function eventName(event: WebhookEvent): string {
  return t(webhookEventNames[event]);
}

/** "Promoters, Detractors; with a comment; plan: pro", or that all responses are told. */
export function filterText(filter: WebhookFilter): string {
  const groups = scoreNames.map((name) => {
    const asked: readonly string[] = filter[`${name}_group`] ?? [];
    const bands = scoredQuestions[name].bands.filter(({ group }) => asked.includes(group));
    return bands.map(({ share }) => t(share)).join(", ");
  });
  const comment =
    filter.has_comment === undefined ? "" : t(filter.has_comment ? "webhook_with_comment" : "webhook_without_comment");
  const segments = Object.entries(filter.segment ?? {}).map(([name, value]) => `${segmentName(name)}: ${value}`);
  const all = [...groups, comment, ...segments].filter(Boolean);
  return all.length === 0 ? t("webhook_all_responses") : all.join("; ");
}

/** Why an attempt failed, in a sentence. */
export function failureText(failure: DeliveryFailure | null, status: number | null): string {
  return failure === null ? "" : t(`failure_${failure}`, { status: status ?? 0 });
}
