/** Changes the settings of a survey. */
import type { Survey, SurveySettings } from "../../shared/schema/survey.ts";
import type { Reply } from "./api.ts";
import { call } from "./api.ts";
import { surveyPath } from "./api-paths.ts";
import { replaceReply } from "./use-reply.ts";

/**
 * Sends `changes` to the collector; every view that shows the survey then shows it as it is now. `version`: the `updated_at`
 * of the settings that they were made on, so that what somebody else has changed since is merged, or refused as `conflict`.
 */
export async function saveSurvey(
  id: string,
  changes: Partial<SurveySettings>,
  version?: string,
): Promise<Reply<Survey>> {
  const headers = version === undefined ? {} : { "If-Match": `"${version}"` };
  const reply = await call<Survey>("PATCH", surveyPath(id), changes, { headers });
  if (reply.ok) replaceReply(surveyPath(id), reply.value);
  return reply;
}
