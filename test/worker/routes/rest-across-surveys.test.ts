/** With `throttle.any_survey_days` a known person is left alone after any survey of this collector, on pages and in mailings. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { anIdentityKey, identityToken } from "../support/identity.ts";
import { anInvitation, invitePeople } from "../support/links.ts";

let collector: Collector;
/** The survey that minds the others, and one that does not. */
let minding: string;
let other: string;

beforeAll(async () => {
  collector = aCollector();
  minding = await collector.makeSurvey({ throttle: { any_survey_days: 14 } });
  other = await collector.makeSurvey();
});

beforeEach(() => {
  collector.clock.now = NOON;
});

async function tokenFor(survey: string, sub: string): Promise<string> {
  return identityToken(await anIdentityKey(collector, survey), { sub, aud: survey, exp: (NOON + 400 * DAY) / 1000 });
}

async function eligible(survey: string, id: string) {
  const body = { survey, id, token: await tokenFor(survey, id) };
  return (await collector.request("POST", "/v1/eligibility", body)).body;
}

async function answersOther(id: string, fields: object = {}) {
  const response = aResponse(other, { respondent: { id, token: await tokenFor(other, id) }, ...fields });
  expect((await collector.post(response)).status).toBe(201);
}

const skipReason = async (survey: string, id: string) =>
  (await invitePeople(collector, survey, { respondents: [id] })).body.skipped[0]?.reason;

describe("a person known by a token or an id", () => {
  it("who answered another survey is neither asked nor invited until the days are over", async () => {
    await answersOther("ann");
    expect(await eligible(minding, "ann")).toEqual({ ask: false, reason: "asked_elsewhere" });
    expect(await skipReason(minding, "ann")).toBe("asked_elsewhere");
    collector.clock.now = NOON + 14 * DAY - 1;
    expect(await eligible(minding, "ann")).toMatchObject({ ask: false });
    collector.clock.now = NOON + 14 * DAY;
    expect(await eligible(minding, "ann")).toEqual({ ask: true });
    expect(await skipReason(minding, "ann")).toBeUndefined();
  });

  it("who was invited to another survey is neither asked nor invited", async () => {
    await anInvitation(collector, other, "bob");
    expect(await eligible(minding, "bob")).toEqual({ ask: false, reason: "asked_elsewhere" });
    expect(await skipReason(minding, "bob")).toBe("asked_elsewhere");
  });

  it("is asked by a survey that does not mind the others", async () => {
    await answersOther("cat");
    const third = await collector.makeSurvey();
    expect(await eligible(third, "cat")).toEqual({ ask: true });
    expect(await skipReason(third, "cat")).toBeUndefined();
  });

  it("is not held back by what strangers send in their name, nor by tests", async () => {
    await collector.post(aResponse(other, { respondent: { id: "dan" } }));
    await answersOther("dan", { test: true });
    expect(await eligible(minding, "dan")).toEqual({ ask: true });
  });

  it("is found through every survey that they have answered, and the newest counts", async () => {
    for (const daysAgo of [40, 30, 3, 20]) {
      collector.clock.now = NOON - daysAgo * DAY;
      const survey = await collector.makeSurvey();
      const respondent = { id: "eve", token: await tokenFor(survey, "eve") };
      const sent = aResponse(survey, { id: anId(collector.clock.now), respondent });
      expect((await collector.post(sent)).status).toBe(201);
    }
    collector.clock.now = NOON;
    expect(await eligible(minding, "eve")).toEqual({ ask: false, reason: "asked_elsewhere" });
  });

  it("has the survey's own reason where it is that survey that met them", async () => {
    const response = aResponse(minding, { respondent: { id: "fay", token: await tokenFor(minding, "fay") } });
    await collector.post(response);
    expect(await eligible(minding, "fay")).toEqual({ ask: false, reason: "answered_recently" });
  });
});

it("of two mailings of two surveys at once only one invites a person", async () => {
  const also = await collector.makeSurvey({ throttle: { any_survey_days: 14 } });
  const respondents = Array.from({ length: 20 }, (_, index) => `at-once-${index}`);
  const replies = await Promise.all([minding, also].map((survey) => invitePeople(collector, survey, { respondents })));
  const invited = replies.flatMap(({ body }) => body.invitations.map(({ respondent }) => respondent));
  expect(invited.toSorted()).toEqual(respondents.toSorted());
});

it("reads rows of the surveys that the person has answered, not of those that there are", async () => {
  await answersOther("gil");
  const rowsOf = async () => {
    const token = await tokenFor(minding, "gil");
    collector.rows.reset();
    await collector.request("POST", "/v1/eligibility", { survey: minding, id: "gil", token });
    return collector.rows.read;
  };
  const before = await rowsOf();
  for (let survey = 0; survey < 5; survey++) {
    const survey = await collector.makeSurvey();
    for (let each = 0; each < 10; each++) await collector.post(aResponse(survey, { respondent: { id: `p${each}` } }));
  }
  expect(await rowsOf()).toBe(before);
  expect(before).toBeLessThanOrEqual(20);
});

it("finds its rows by index", async () => {
  collector.rows.reset();
  await eligible(minding, "hal");
  const { sql, params } = collector.rows.statements.find((each) => each.sql.includes("RECURSIVE"))!;
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  const tables = results.map(({ detail }) => detail).filter((detail) => /responses|invitations/.test(detail));
  expect(tables).toEqual([
    "SEARCH responses USING COVERING INDEX responses_by_respondent (respondent_id=?)",
    "SEARCH responses USING COVERING INDEX responses_by_respondent (respondent_id=? AND survey_id>?)",
    "SEARCH responses USING INDEX responses_by_respondent (respondent_id=? AND survey_id=?)",
    "SEARCH invitations USING INDEX invitations_by_respondent (respondent_id=?)",
  ]);
});

it("a survey that was stored before the setting was there has its default", async () => {
  const old = await collector.makeSurvey({ throttle: { after_answer_days: 7 } });
  await env.DB.prepare(
    "UPDATE surveys SET settings = json_remove(settings, '$.throttle.any_survey_days', '$.targeting.properties', '$.stop_after'), version = version + 1 WHERE id = ?",
  )
    .bind(old)
    .run();
  const { body } = await collector.get<{ throttle: object; targeting: object; stop_after: null }>(`/v1/surveys/${old}`);
  expect(body.throttle).toEqual({ after_answer_days: 7, after_dismissal_days: 30, any_survey_days: 0 });
  expect(body.targeting).toMatchObject({ properties: {} });
  expect(body.stop_after).toBeNull();
  collector.clock.now = NOON + HOUR;
  expect(await eligible(old, "ann")).toEqual({ ask: true });
});
