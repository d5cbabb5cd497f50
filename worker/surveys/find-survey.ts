import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import { Problem } from "../problem.ts";

/** The survey, or `unknown_survey`. */
export async function surveyOf(store: Store, id: string): Promise<StoredSurvey> {
  const survey = await findSurvey(store, id);
  if (!survey) throw new Problem("unknown_survey");
  return survey;
}
