import type { Context } from "hono";
import type { VersionedSurvey } from "../db/metrics-version.ts";
import { findVersionedSurvey } from "../db/metrics-version.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { Problem } from "../problem.ts";

/** The survey, or `unknown_survey`. */
export async function surveyOf(store: Store, id: string): Promise<StoredSurvey> {
  const survey = await findSurvey(store, id);
  if (!survey) throw new Problem("unknown_survey");
  return survey;
}

/**
 * The id of the survey that the address names. Hono does not know the parameters of the path under which a router is
 * mounted; an address without one would name "", which is the id of no survey.
 */
export function surveyIdOfPath(c: Context<App>): string {
  return c.req.param("survey") ?? "";
}

/** The survey that the address names, or `unknown_survey`. */
export async function surveyOfPath(c: Context<App>): Promise<StoredSurvey> {
  return surveyOf(c.var.store, surveyIdOfPath(c));
}

/** That survey with the version of its metrics. Reads one row if this isolate has seen the same version before. */
export async function versionedSurveyOfPath(c: Context<App>): Promise<VersionedSurvey> {
  const found = await findVersionedSurvey(c.var.store, surveyIdOfPath(c));
  if (!found) throw new Problem("unknown_survey");
  return found;
}
