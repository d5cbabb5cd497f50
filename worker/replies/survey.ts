import type { Survey } from "../../shared/schema/survey.ts";
import type { StoredSurvey } from "../db/surveys.ts";

/** `stopped`: whether enough answers are counted. */
export function publicSurvey(survey: StoredSurvey, stopped: boolean): Survey {
  return {
    id: survey.id,
    created_at: new Date(survey.createdAt).toISOString(),
    updated_at: new Date(survey.updatedAt).toISOString(),
    ...(stopped && { stopped }),
    ...(survey.filling && { filling: { done: survey.filling.done, of: survey.filling.of } }),
    ...survey.settings,
  };
}
