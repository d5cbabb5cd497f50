import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { daysToErase, eraseSurveys, erasureRowsADay, pace } from "../../../worker/jobs/erase-surveys.ts";
import { plans } from "../../../worker/plan.ts";
import { countRows } from "../privacy/dump.ts";
import { ADMIN, aCollector, NOON } from "../support/collector.ts";
import { meter } from "../support/meter.ts";

const collector = aCollector();

/** A deleted survey with `count` responses that cost as many rows as possible to delete: each has a comment, a respondent and an old id. */
async function deletedSurvey(responses: number): Promise<string> {
  const survey = await collector.makeSurvey();
  await env.DB.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, comment_at,
       respondent_id, channel)
     SELECT ?1, printf('%08x', value), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'text', ?2, 'r' || value, 'api'
     FROM json_each(?3)`,
  )
    .bind(survey, NOON, JSON.stringify(Array.from({ length: responses }, (_, index) => index)))
    .run();
  await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
  return survey;
}

it("a run of the free plan's pace writes no more than its share of half a day's allowance, by D1's own count", async () => {
  const survey = await deletedSurvey(1000);
  const { database, rows } = meter(env.DB);
  const before = await countRows("responses", `survey_id = '${survey}'`);
  expect(await eraseSurveys(pace.freeRowsADay)(storeOf(database), NOON, "")).toMatchObject({ more: true });
  expect(rows.written).toBeLessThanOrEqual(pace.freeRowsADay / pace.runsADay);
  const erased = before - (await countRows("responses", `survey_id = '${survey}'`));
  // The documents give the number of days for such responses.
  expect(1 / daysToErase(1, pace.freeRowsADay) / pace.runsADay - erased).toBeLessThan(pace.rowsPerResponse);
  await eraseSurveys(pace.paidRowsADay)(storeOf(env.DB), NOON, "");
  expect(await countRows("responses", `survey_id = '${survey}'`)).toBe(0);
});

it("the pace is the variable's, else the plan's, which the size of the database tells", () => {
  expect(erasureRowsADay(undefined, 1_000_000)).toBe(pace.freeRowsADay);
  expect(erasureRowsADay("many", plans.free.databaseBytes)).toBe(pace.freeRowsADay);
  expect(erasureRowsADay(undefined, plans.free.databaseBytes + 1)).toBe(pace.paidRowsADay);
  expect(erasureRowsADay("1000000", 1)).toBe(1_000_000);
});
