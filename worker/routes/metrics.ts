import { Hono } from "hono";
import { metricsQuerySchema } from "../../shared/schema/metrics.ts";
import { findNewest, listTotals } from "../db/rollups.ts";
import { today } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { unlessUnchanged } from "../http/etag.ts";
import { readQuery } from "../http/query.ts";
import { metricsOf, rangeOf, seriesOf } from "../metrics.ts";
import { surveyOf } from "./surveys.ts";

/** GET /v1/surveys/:survey/metrics: the scores of a range of days, true the moment after each tap. */
export const metrics = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const query = readQuery(c, metricsQuerySchema);
  const { store, now } = c.var;
  const survey = await surveyOf(store, c.req.param("survey") ?? "");
  const range = rangeOf(query, today(survey, now));
  const newest = await findNewest(store, survey.id);
  const version = [newest?.day, newest?.changes, survey.version, today(survey, now), JSON.stringify(query)];
  return unlessUnchanged(c, version.join(" "), async () => {
    const days = await listTotals(store, survey.id, range.from, range.to);
    return {
      survey: survey.id,
      ...metricsOf(survey.settings, range, days),
      ...(query.interval && { series: seriesOf(range, query.interval, days) }),
      updated_at: new Date(now).toISOString(),
    };
  });
});
