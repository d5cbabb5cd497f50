import { Hono } from "hono";
import type { ScoreName } from "../../shared/questions.ts";
import { scoredQuestions } from "../../shared/questions.ts";
import type { Badge } from "../../shared/schema/badge.ts";
import { badgeQuerySchema } from "../../shared/schema/badge.ts";
import { scoreMetrics } from "../../shared/score.ts";
import { addDays } from "../../shared/time/calendar.ts";
import { addCounts } from "../db/counts.ts";
import { listTotals } from "../db/rollups.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { readQuery } from "../http/query.ts";
import { Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { surveyIdOfPath } from "../surveys/find-survey.ts";

const DAYS = 90;

/** GET /v1/surveys/:survey/badge: the score of the last 90 days for shields.io's endpoint badge, if the owner shows it. */
export const badge = new Hono<App>().get("/", async (c) => {
  const { score } = readQuery(c, badgeQuerySchema);
  const { store, now } = c.var;
  const survey = await findSurvey(store, surveyIdOfPath(c));
  // A survey without a public badge gets the same reply as a survey that does not exist.
  if (!survey?.settings.public_badge) throw new Problem("unknown_survey");
  const day = today(survey, now);
  const counts = addCounts(
    (await listTotals(store, [survey.id], { from: addDays(day, 1 - DAYS), to: day })).map((each) => each.counts),
  );
  return c.json({ schemaVersion: 1, ...badgeOf(score, scoreMetrics(score, counts[score])) }, 200, {
    "Cache-Control": "public, max-age=300",
  });
});

function badgeOf(name: ScoreName, metrics: { score: number } | null): Omit<Badge, "schemaVersion"> {
  const { badge, scoring } = scoredQuestions[name];
  const { label, fair, good } = badge;
  if (!metrics) return { label, message: "no answers yet", color: "lightgrey" };
  const { score } = metrics;
  return {
    label,
    message: scoring === "share" ? `${score} %` : String(score).replace("-", "−"),
    color: score >= good ? "brightgreen" : score >= fair ? "yellow" : "orange",
  };
}
