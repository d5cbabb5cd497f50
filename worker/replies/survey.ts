import type { Survey } from "../../shared/schema/survey.ts";
import type { StoredSurvey } from "../db/surveys.ts";

export function publicSurvey(survey: StoredSurvey): Survey {
  return {
    id: survey.id,
    created_at: new Date(survey.createdAt).toISOString(),
    updated_at: new Date(survey.updatedAt).toISOString(),
    ...(survey.filling && { filling: { done: survey.filling.done, of: survey.filling.of } }),
    ...survey.settings,
  };
}
