import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const collector = aCollector();
const told = {
  nps: 3,
  comment: "slow",
  respondent: { id: "ann@example.org" },
  page: "https://shop.example/orders/77",
  locale: "uk-UA",
  properties: { plan: "pro", department: "sales", email: "ann@example.org" },
};

async function row(id: string) {
  return env.DB.prepare("SELECT * FROM responses WHERE id = ?").bind(id).first();
}

it("keeps the answers, the language and what is counted by; not the person, the page or anything else", async () => {
  const survey = await collector.makeSurvey({ anonymous: true, segments: ["plan", "plan×department", "language"] });
  const response = aResponse(survey, told);
  expect((await collector.post(response)).status).toBe(201);
  expect(await row(response.id)).toMatchObject({
    nps: 3,
    comment: "slow",
    respondent_id: null,
    page: null,
    locale: "uk",
    properties: '{"department":"sales","plan":"pro"}',
    segments: '{"plan":"pro","plan×department":"pro×sales","language":"uk"}',
  });
  expect((await collector.get(`/v1/surveys/${survey}/comments`)).text).not.toContain("ann@example.org");
  await expectRecountAgrees(survey);
});

it("a retry is still a retry, and an amendment brings the person in by no back door", async () => {
  const survey = await collector.makeSurvey({ anonymous: true });
  const response = aResponse(survey, told);
  await collector.post(response);
  collector.rows.reset();
  expect((await collector.post(response)).status).toBe(200);
  expect(collector.rows.written).toBe(0);
  expect((await collector.post({ ...response, csat: 2 })).status).toBe(200);
  expect(JSON.stringify(await row(response.id))).not.toContain("ann@");
});

it("holds from the moment that it is switched on, also where the survey was remembered without it", async () => {
  const survey = await collector.makeSurvey();
  await collector.post(aResponse(survey, told));
  await collector.request("PATCH", `/v1/surveys/${survey}`, { anonymous: true }, ADMIN);
  const response = aResponse(survey, told);
  await collector.post(response);
  expect(JSON.stringify(await row(response.id))).not.toContain("ann@");
});
