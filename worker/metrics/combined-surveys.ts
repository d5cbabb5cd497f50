import type { Context } from "hono";
import { isSameZone } from "../../shared/time/calendar.ts";
import { findVersionedSurvey } from "../db/metrics-version.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { reaches } from "../http/auth.ts";
import { invalid, Problem } from "../problem.ts";

/**
 * The surveys with these ids, if their figures can be added up: the key reaches all of them and they have one time zone.
 * `version`: that of their figures together. Throws `forbidden`, `unknown_survey` and `invalid`.
 */
export async function findCombinedSurveys(
  c: Context<App>,
  ids: readonly string[],
): Promise<{ surveys: StoredSurvey[]; version: string }> {
  const { store, principal } = c.var;
  if (!ids.every((id) => reaches(principal, "metrics", id))) throw new Problem("forbidden");
  const found = await Promise.all(ids.map((id) => findVersionedSurvey(store, id)));
  const known = found.filter((each) => each !== null);
  if (known.length < ids.length) throw new Problem("unknown_survey");
  const [first, ...others] = known.map(({ survey }) => survey.settings.timezone);
  if (!others.every((timezone) => isSameZone(timezone, first!)))
    throw invalid("/survey", "must be surveys of one time zone: their days begin at different times");
  return {
    surveys: known.map(({ survey }) => survey),
    version: known.map(({ survey, metricsVersion }) => `${survey.id} ${metricsVersion}`).join(" "),
  };
}
