/** What the forms for people have in common: a summary, written as JSON for one service, whose answer is judged. */
import type { Form } from "../form.ts";
import type { Message } from "../message.ts";
import type { Summary } from "../summary.ts";
import { summaryOf } from "../summary.ts";
import type { Judge } from "../verdict.ts";
import { sendJudged } from "../verdict.ts";

type Service = {
  hasChat?: boolean;
  misfit: NonNullable<Form["misfit"]>;
  /** The body of the request, and its address where that is not the webhook's. */
  request(summary: Summary, message: Message): { url?: string; body: object };
  judge: Judge;
};

export function forPeople({ hasChat = false, misfit, request, judge }: Service): Form {
  return {
    hasChat,
    misfit,
    async write(message) {
      const { url = message.webhook.url, body } = request(summaryOf(message), message);
      return {
        url,
        headers: { "Content-Type": "application/json; charset=utf-8" },
        body: JSON.stringify(body),
      };
    },
    send: sendJudged(judge),
  };
}
