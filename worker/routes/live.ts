import { Hono } from "hono";
import { liveQuerySchema } from "../../shared/schema/live.ts";
import type { App } from "../env.ts";
import { needs, reaches } from "../http/auth.ts";
import { readQuery } from "../http/query.ts";
import { readEventId } from "../live/event-id.ts";
import { watch } from "../live/stream.ts";
import { checkQuery } from "../metrics/query.ts";
import { versionedSurveyOfPath } from "../surveys/find-survey.ts";

/** GET /v1/surveys/:survey/live: `metrics` at every change and each new `comment`, within two seconds. */
export const live = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const { for: seconds, ...query } = readQuery(c, liveQuerySchema);
  const { store, now, clock, principal } = c.var;
  const found = await versionedSurveyOfPath(c);
  checkQuery([found.survey], query, now);
  const stream = watch(
    {
      survey: found.survey,
      metricsVersion: found.metricsVersion,
      query,
      comments: reaches(principal, "comments", found.survey.id),
      position: readEventId(c.req.header("Last-Event-ID")),
      until: Math.min(now + seconds * 1000, principal.expires_at ?? Number.POSITIVE_INFINITY),
    },
    store,
    clock,
  );
  return c.body(stream, 200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    // A proxy that collects small writes would delay the events.
    "X-Accel-Buffering": "no",
  });
});
