/** What a webhook tells of: the message before a form writes it. */
import type { WebhookMessage } from "../../shared/schema/webhook.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { StoredWebhook } from "../db/webhooks.ts";

/** A message to one webhook. `id` stays the same in every attempt. */
export type Message = {
  id: string;
  body: WebhookMessage;
  survey: Pick<StoredSurvey, "id" | "settings">;
  webhook: StoredWebhook;
};

/** A message as a form has written it, ready to be sent. For a `mailto:` address the body is the mail as JSON. */
export type WrittenMessage = { url: string; headers: Record<string, string>; body: string };
