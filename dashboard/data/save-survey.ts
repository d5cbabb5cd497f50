/** Changes the settings of a survey. */
import type { Survey } from "../../shared/schema/survey.ts";
import type { Reply } from "./api.ts";
import { call } from "./api.ts";
import { surveyPath } from "./api-paths.ts";
import { replaceReply } from "./use-reply.ts";

/**
 * Sends `changes`, the body of a `PATCH`, to the collector; every view that shows the survey then shows it as it is now.
 * `madeOn`: the `updated_at` of the survey that they were made on; what others have changed since is then not overwritten.
 */
export async function saveSurvey(id: string, changes: object, madeOn?: string): Promise<Reply<Survey>> {
  const headers = madeOn === undefined ? {} : { "If-Match": `"${madeOn}"` };
  const reply = await call<Survey>("PATCH", surveyPath(id), changes, { headers });
  if (reply.ok) replaceReply(surveyPath(id), reply.value);
  return reply;
}
