import { Hono } from "hono";
import { combinedMetricsQuerySchema, metricsQuerySchema } from "../../shared/schema/metrics-query.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { unlessUnchanged } from "../http/etag.ts";
import { readQuery } from "../http/query.ts";
import { findCombinedSurveys } from "../metrics/combined-surveys.ts";
import { checkQuery } from "../metrics/query.ts";
import { readMetrics } from "../metrics/read.ts";
import { versionedSurveyOfPath } from "../surveys/find-survey.ts";

/** GET /v1/surveys/:survey/metrics: the scores of a range of days. They include every response that was stored before. */
export const metrics = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const query = readQuery(c, metricsQuerySchema);
  const { store, now } = c.var;
  const found = await versionedSurveyOfPath(c);
  const checked = checkQuery([found.survey], query, now);
  const version = `${found.survey.id} ${found.metricsVersion} ${JSON.stringify([query, checked.range])}`;
  return unlessUnchanged(c, version, async () => ({
    survey: found.survey.id,
    ...(await readMetrics(store, checked)),
    updated_at: new Date(now).toISOString(),
  }));
});

/** GET /v1/metrics?survey=a&survey=b: several surveys of one time zone as if they were one. */
export const combinedMetrics = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const { survey: ids, ...query } = readQuery(c, combinedMetricsQuerySchema);
  const { store, now } = c.var;
  const { surveys, version } = await findCombinedSurveys(c, ids);
  const checked = checkQuery(surveys, query, now);
  return unlessUnchanged(c, `${version} ${JSON.stringify([query, checked.range])}`, async () => ({
    surveys: ids,
    ...(await readMetrics(store, checked)),
    updated_at: new Date(now).toISOString(),
  }));
});
