/** What the browser tests ask of the running collector. */
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { SurveySettingsInput } from "../../shared/schema/survey.ts";
import type { SharedCollector } from "../support/shared-collector.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";

/** A new survey that asks at once; its id. */
export async function aSurvey(
  settings: Partial<SurveySettingsInput> = {},
  collector: SharedCollector = sharedCollector(),
): Promise<string> {
  const trigger = { type: "delay", seconds: 0 } as const;
  const survey = { name: "Test", brand: "Lumen", trigger, ...settings };
  return ((await ask("/v1/surveys", "POST", survey, collector)) as { id: string }).id;
}

export const changeSurvey = (survey: string, settings: Partial<SurveySettingsInput>, collector: SharedCollector) =>
  ask(`/v1/surveys/${survey}`, "PATCH", settings, collector);

export const metricsOf = (survey: string, collector: SharedCollector = sharedCollector()) =>
  ask(`/v1/surveys/${survey}/metrics`, "GET", undefined, collector) as Promise<Metrics>;

export const commentsOf = async (survey: string) =>
  ((await ask(`/v1/surveys/${survey}/comments`)) as { items: CommentItem[] }).items;
