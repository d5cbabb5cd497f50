import { Hono } from "hono";
import type { Counted } from "../../shared/schema/event.ts";
import { eventSchema } from "../../shared/schema/event.ts";
import { countEvent } from "../db/rollups.ts";
import { mustBeWhole } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { readBody } from "../http/body.ts";
import { limitWrites } from "../http/rate-limit.ts";
import { checkOrigin } from "../responses/origins.ts";
import { today } from "../surveys/booking-day.ts";
import { surveyOf } from "../surveys/find-survey.ts";

/**
 * POST /v1/events: a view or a dismissal. Each costs a billed row, so it is counted only if the owner has set `count_views`.
 */
export const events = new Hono<App>().post("/", async (c) => {
  const { survey: id, type } = await readBody(c.req.raw, eventSchema);
  await limitWrites(c, `events ${id}`);
  const survey = await surveyOf(c.var.store, id);
  mustBeWhole(survey);
  checkOrigin(survey, c.req.header("Origin") ?? null);
  const counted = survey.settings.count_views;
  if (counted) await countEvent(c.var.store, survey.id, today(survey, c.var.now), type);
  return c.json({ counted } satisfies Counted);
});
