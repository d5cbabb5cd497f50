import { Hono } from "hono";
import { addDays } from "../../shared/calendar.ts";
import { badgeQuerySchema } from "../../shared/schema/badge.ts";
import type { CsatMetrics, NpsMetrics } from "../../shared/score.ts";
import { csatMetrics, npsMetrics } from "../../shared/score.ts";
import { addCounts } from "../db/counts.ts";
import { listTotals } from "../db/rollups.ts";
import { findSurvey, today } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { readQuery } from "../http/query.ts";
import { Problem } from "../problem.ts";
import { surveyIdOfPath } from "../surveys/find-survey.ts";

const DAYS = 90;

/** GET /v1/surveys/:survey/badge: the score of the last 90 days for shields.io's endpoint badge, if the owner shows it. */
export const badge = new Hono<App>().get("/", async (c) => {
  const { score } = readQuery(c, badgeQuerySchema);
  const { store, now } = c.var;
  const survey = await findSurvey(store, surveyIdOfPath(c));
  // A survey that keeps its scores to itself looks like none at all.
  if (!survey?.settings.public_badge) throw new Problem("unknown_survey");
  const day = today(survey, now);
  const counts = addCounts(
    (await listTotals(store, [survey.id], { from: addDays(day, 1 - DAYS), to: day })).map((each) => each.counts),
  );
  const reply = score === "nps" ? npsBadge(npsMetrics(counts.nps)) : csatBadge(csatMetrics(counts.csat));
  return c.json({ schemaVersion: 1, ...reply }, 200, { "Cache-Control": "public, max-age=300" });
});

function npsBadge(nps: NpsMetrics | null) {
  if (!nps) return { label: "NPS", message: "no answers yet", color: "lightgrey" };
  return { label: "NPS", message: String(nps.score).replace("-", "−"), color: colour(nps.score, 0, 30) };
}

function csatBadge(csat: CsatMetrics | null) {
  if (!csat) return { label: "satisfied", message: "no answers yet", color: "lightgrey" };
  return { label: "satisfied", message: `${csat.score} %`, color: colour(csat.score, 50, 75) };
}

function colour(score: number, fair: number, good: number): string {
  return score >= good ? "brightgreen" : score >= fair ? "yellow" : "orange";
}
