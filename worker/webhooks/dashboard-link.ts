/** Addresses of the dashboard, by the grammar of `dashboard/address/routes.ts`. */
import type { WebhookMessage } from "../../shared/schema/webhook.ts";

/**
 * Where the dashboard shows what the message tells of: the very response, the person, or the survey's figures. `dashboard` is the
 * beginning of the collector's address without a slash at its end; null where it is not known.
 */
export function dashboardLink(dashboard: string, message: WebhookMessage): string | null {
  if (dashboard === "") return null;
  const path = [...pathOf(message)].map(encodeURIComponent).join("/");
  return `${dashboard}/dashboard/#/${path}`;
}

function pathOf(message: WebhookMessage): string[] {
  const { survey } = message;
  if (message.type === "score.dropped") return ["s", survey, "overview"];
  // What a test tells of is made up.
  if (message.test) return ["s", survey, "comments"];
  if (message.type === "respondent.unsubscribed") return ["person", message.data.respondent];
  return ["s", survey, "comments", message.data.id];
}
