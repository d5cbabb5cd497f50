/** The version of a survey's settings as HTTP has it: the `ETag` of the survey, which is its `updated_at` in quotes. */
import type { Context } from "hono";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { invalid } from "../problem.ts";
import { publicSurvey } from "../replies/survey.ts";
import { hasEnough } from "../surveys/enough-answers.ts";

/** The survey as the API shows it, with its version. */
export async function surveyReply(c: Context<App>, survey: StoredSurvey, status: 200 | 201 = 200): Promise<Response> {
  const shown = publicSurvey(survey, await hasEnough(c.var.store, survey));
  return c.json(shown, status, { ETag: `"${shown.updated_at}"` });
}

/**
 * The version (ms) in `If-Match`; null without the header, and for `*`, which every version matches. A weak tag counts as the
 * strong one, because a proxy that compresses a reply weakens its tag.
 */
export function readVersion(c: Context<App>): number | null {
  const header = c.req.header("If-Match")?.trim();
  if (header === undefined || header === "*") return null;
  const instant = /^(?:W\/)?"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"$/.exec(header)?.[1];
  const version = instant === undefined ? Number.NaN : Date.parse(instant);
  if (Number.isNaN(version)) throw invalid("If-Match", 'must be the ETag of the survey, as "2026-11-22T12:00:00.000Z"');
  return version;
}
