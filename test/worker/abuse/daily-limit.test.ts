import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const collector = aCollector();
const AUTOMATED = { Origin: "https://shop.example", "User-Agent": "curl/8" };

/** The statuses of `count` first scores, sent one after another. */
async function send(survey: string, count: number, headers?: Record<string, string>, at = NOON): Promise<number[]> {
  const statuses = [];
  for (let sent = 0; sent < count; sent++)
    statuses.push((await collector.post(aResponse(survey, { id: anId(at) }), headers)).status);
  return statuses;
}

it("a survey takes no more responses than its day may hold, and says when to come again", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 3 });
  expect(await send(survey, 5)).toEqual([201, 201, 201, 429, 429]);
  collector.rows.reset();
  const refused = await collector.post(aResponse(survey));
  expect(refused.body).toMatchObject({ code: "rate_limited", detail: expect.stringContaining("daily_limit") });
  expect(refused.headers.get("Retry-After")).toBe("3600");
  expect(collector.rows.written).toBe(0);
  await expectRecountAgrees(survey);
});

it("who has answered may still change the answer and repeat it when the day is full", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 1 });
  const response = aResponse(survey, { nps: 3, rev: 1 });
  await collector.post(response);
  expect(await send(survey, 1)).toEqual([429]);
  expect((await collector.post(response)).status).toBe(200);
  expect((await collector.post({ ...response, comment: "slow", rev: 2 })).status).toBe(200);
});

it("a kept answer is taken once junk is excluded, or the limit raised", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 1 });
  const junk = aResponse(survey);
  await collector.post(junk);
  const kept = aResponse(survey);
  expect((await collector.post(kept)).status).toBe(429);
  await collector.request("PATCH", `/v1/surveys/${survey}/responses/${junk.id}`, { excluded: true }, ADMIN);
  expect((await collector.post(kept)).status).toBe(201);
  expect(await send(survey, 1)).toEqual([429]);
  await collector.request("PATCH", `/v1/surveys/${survey}`, { daily_limit: null }, ADMIN);
  expect(await send(survey, 1)).toEqual([201]);
});

it("each day has room of its own, and old ids find no way around it", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 1 });
  expect(await send(survey, 2, undefined, NOON - DAY)).toEqual([201, 429]);
  expect(await send(survey, 2)).toEqual([201, 429]);
});

it("what carries a flag fills half a day, so that it shuts nobody else out", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 4 });
  expect(await send(survey, 4, AUTOMATED)).toEqual([201, 201, 429, 429]);
  expect(await send(survey, 3)).toEqual([201, 201, 429]);
});

it("a key that may write is not held to it", async () => {
  const survey = await collector.makeSurvey({ daily_limit: 1 });
  expect(await send(survey, 3, ADMIN)).toEqual([201, 201, 201]);
});

it("costs no row where the day has room, for a first score and for its retry", async () => {
  const survey = await collector.makeSurvey();
  await send(survey, 1);
  collector.rows.reset();
  await send(survey, 1);
  expect(collector.rows).toMatchObject({ read: 3, written: 2 });
});

it("a survey made before there was a limit has the default", async () => {
  const survey = await collector.makeSurvey();
  await env.DB.prepare("UPDATE surveys SET settings = json_remove(settings, '$.daily_limit') WHERE id = ?")
    .bind(survey)
    .run();
  expect((await collector.get(`/v1/surveys/${survey}`)).body.daily_limit).toBe(10_000);
});
