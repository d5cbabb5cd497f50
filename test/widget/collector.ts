/** What the browser tests ask of the running collector. */
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Metrics } from "../../shared/schema/metrics.ts";
import type { SurveySettingsInput } from "../../shared/schema/survey.ts";
import { sharedCollector } from "../support/shared-collector.ts";

async function ask(path: string, method = "GET", body?: unknown) {
  const { url, adminToken } = sharedCollector();
  const reply = await fetch(url + path, {
    method,
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** A new survey that asks at once; its id. */
export async function aSurvey(settings: Partial<SurveySettingsInput> = {}): Promise<string> {
  const trigger = { type: "delay", seconds: 0 } as const;
  const { id } = (await ask("/v1/surveys", "POST", { name: "Test", brand: "Lumen", trigger, ...settings })) as {
    id: string;
  };
  return id;
}

export const metricsOf = (survey: string) => ask(`/v1/surveys/${survey}/metrics`) as Promise<Metrics>;

export const commentsOf = async (survey: string) =>
  ((await ask(`/v1/surveys/${survey}/comments`)) as { items: CommentItem[] }).items;
