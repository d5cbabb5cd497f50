import { Hono } from "hono";
import { combinedTopicsQuerySchema, topicsQuerySchema } from "../../shared/schema/topics.ts";
import type { App } from "../env.ts";
import { needs, reaches } from "../http/auth.ts";
import { unlessUnchanged } from "../http/etag.ts";
import { readQuery } from "../http/query.ts";
import { findCombinedSurveys } from "../metrics/combined-surveys.ts";
import { rangeOf } from "../metrics/query.ts";
import { readTopics, readTopicsWithin, suggestTerms } from "../metrics/topics.ts";
import { versionedSurveyOfPath } from "../surveys/find-survey.ts";
import { declaredSegments, whereOf } from "../surveys/where.ts";

/**
 * GET /v1/surveys/:survey/topics: the topics and their effect. Suggestions quote comments, so they need the scope `comments`.
 */
export const topics = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const query = readQuery(c, topicsQuerySchema);
  const { store, now, principal } = c.var;
  const { survey, metricsVersion } = await versionedSurveyOfPath(c);
  const range = rangeOf([survey], query, now);
  const where = query.where === undefined ? undefined : whereOf(query.where, declaredSegments([survey.settings]));
  const suggest = reaches(principal, "comments", survey.id) ? query.suggest : 0;
  const version = JSON.stringify([survey.id, metricsVersion, range, query.interval, suggest, where]);
  return unlessUnchanged(c, version, async () => ({
    survey: survey.id,
    ...(where
      ? await readTopicsWithin(store, survey, range, where, query.interval)
      : await readTopics(store, [survey], range, query.interval)),
    ...(suggest > 0 && { suggestions: await suggestTerms(store, survey, range, suggest, where) }),
    updated_at: new Date(now).toISOString(),
  }));
});

/** GET /v1/topics?survey=a&survey=b: several surveys of one time zone as if they were one. */
export const combinedTopics = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const { survey: ids, ...query } = readQuery(c, combinedTopicsQuerySchema);
  const { store, now } = c.var;
  const { surveys, version } = await findCombinedSurveys(c, ids);
  const range = rangeOf(surveys, query, now);
  return unlessUnchanged(c, JSON.stringify(["topics", version, range, query.interval]), async () => ({
    surveys: ids,
    ...(await readTopics(store, surveys, range, query.interval)),
    updated_at: new Date(now).toISOString(),
  }));
});
