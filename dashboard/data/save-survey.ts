/** Changes the settings of a survey. */
import type { Survey, SurveySettings } from "../../shared/schema/survey.ts";
import type { Reply } from "./api.ts";
import { call } from "./api.ts";
import { surveyPath } from "./api-paths.ts";
import { replaceReply } from "./use-reply.ts";

/** Sends `changes` to the collector; every view that shows the survey then shows it as it is now. */
export async function saveSurvey(id: string, changes: Partial<SurveySettings>): Promise<Reply<Survey>> {
  const reply = await call<Survey>("PATCH", surveyPath(id), changes);
  if (reply.ok) replaceReply(surveyPath(id), reply.value);
  return reply;
}
