import type { SurveyResponse } from "../../shared/schema/response.ts";
import { segmentsOf } from "../../shared/segments.ts";
import type { Newcomers } from "../db/segment-values.ts";
import { placeSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { Sender } from "./sender.ts";

/** The value of each segment; those that cost a row only when they say something (flagged, unverified) among them. */
export async function countedSegments(
  store: Store,
  survey: StoredSurvey,
  response: SurveyResponse,
  sender: Sender,
): Promise<{ segments: Record<string, string>; newcomers: Newcomers }> {
  if (response.test) return { segments: {}, newcomers: [] };
  const declared = segmentsOf(survey.settings.segments, {
    ...response.properties,
    channel: sender.channel,
    language: response.locale?.split("-")[0]?.toLowerCase() ?? null,
    device: sender.device,
  });
  const marks = {
    ...(sender.flags.length > 0 && { flagged: "true" }),
    ...(response.respondent && !sender.verified && { unverified: "true" }),
  };
  const { segments, newcomers } = await placeSegments(store, survey, declared);
  return { segments: { ...segments, ...marks }, newcomers };
}
