import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey, SurveySettingsInput } from "../../../shared/schema/survey.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { backfill, backfillSurvey } from "../../../worker/jobs/backfill.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, NOON } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
const store = storeOf(env.DB);

beforeAll(() => {
  collector = aCollector();
});

const declare = (survey: string, settings: Partial<SurveySettingsInput>) =>
  collector.request<Survey>("PATCH", `/v1/surveys/${survey}`, settings, ADMIN);

const groups = async (survey: string, segment: string) =>
  (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?group_by=${segment}`)).body;

/** Puts `count` responses of plan `plan` straight into the table, as old ones. */
async function seed(survey: string, count: number, plan: string) {
  await env.DB.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, comment_at,
       properties, channel)
     SELECT ?1, printf('old-%06d', value), ?2, '2026-11-01', ?2, ?2, '2026-11-01', value % 11, 'Швидка ДОСТАВКА', ?2,
       json_object('plan', ?3), 'api'
     FROM json_each(?4)`,
  )
    .bind(survey, NOON, plan, JSON.stringify(Array.from({ length: count }, (_, index) => index)))
    .run();
}

it("fills a segment declared later in for the past, and the groups are complete at once on a small survey", async () => {
  const survey = await collector.makeSurvey();
  await collector.post(aResponse(survey, { nps: 9, properties: { plan: "pro" }, locale: "uk-UA" }));
  await collector.post(aResponse(survey, { nps: 1, properties: { plan: "free" } }));
  const excluded = aResponse(survey, { nps: 1, properties: { plan: "free" } });
  await collector.post(excluded);
  await collector.request("PATCH", `/v1/surveys/${survey}/responses/${excluded.id}`, { excluded: true }, ADMIN);
  const declared = await declare(survey, { segments: ["plan", "language", "channel", "channel×plan"] });
  expect(declared.body).not.toHaveProperty("filling");
  const { groups: plans } = await groups(survey, "plan");
  expect(plans).toMatchObject([
    { value: "free", responses: 1 },
    { value: "pro", responses: 1 },
  ]);
  expect(await groups(survey, "language")).toMatchObject({ groups: [{ value: "uk" }, { value: null }] });
  expect(await groups(survey, "channel×plan")).toMatchObject({
    groups: [{ value: "page×free" }, { value: "page×pro" }],
  });
  await collector.request("PATCH", `/v1/surveys/${survey}/responses/${excluded.id}`, { excluded: false }, ADMIN);
  expect((await groups(survey, "plan")).groups).toMatchObject([{ value: "free", responses: 2 }, { value: "pro" }]);
  await expectRecountAgrees(survey);
});

it("says how far it is until the cron has done the rest", async () => {
  const survey = await collector.makeSurvey();
  await seed(survey, 1700, "pro");
  const declared = await declare(survey, { segments: ["plan"] });
  expect(declared.body.filling).toEqual({ done: 1000, of: 1700 });
  expect(await groups(survey, "plan")).toMatchObject({
    filling: { done: 1000, of: 1700 },
    groups: [
      { value: "pro", responses: 1000 },
      { value: null, responses: 700 },
    ],
  });
  await backfill(store, NOON);
  const filled = await groups(survey, "plan");
  expect(filled.groups).toMatchObject([{ value: "pro", responses: 1700 }]);
  expect(filled).not.toHaveProperty("filling");
  await expectRecountAgrees(survey);
});

it("counts old comments under topics declared later, and no longer under those taken back", async () => {
  const survey = await collector.makeSurvey();
  await seed(survey, 3, "pro");
  await declare(survey, { topics: [{ name: "Delivery", stems: ["доставк"] }] });
  const topics = () =>
    env.DB.prepare("SELECT sum(responses) AS named FROM rollups WHERE survey_id = ? AND segment = '×Delivery'")
      .bind(survey)
      .first("named");
  expect(await topics()).toBe(3);
  await declare(survey, { topics: [{ name: "Courier", stems: ["courier"] }] });
  expect(await topics()).toBe(0);
  await expectRecountAgrees(survey);
});

it("is exact while the same responses are being changed", async () => {
  const survey = await collector.makeSurvey();
  const responses = Array.from({ length: 30 }, (_, index) =>
    aResponse(survey, { nps: index % 11, properties: { plan: index % 2 ? "pro" : "free" } }),
  );
  for (const response of responses) await collector.post(response);
  await env.DB.prepare(`UPDATE surveys SET version = version + 1, settings = json_set(settings, '$.segments', json('["plan"]')),
      filling = '{"segments":["plan"],"after":"","done":0,"of":null}' WHERE id = ?`)
    .bind(survey)
    .run();
  await Promise.all([
    ...responses.map((response, index) =>
      collector.post({ ...response, nps: (index + 3) % 11, ...(index % 3 === 0 && { properties: { plan: "team" } }) }),
    ),
    backfillSurvey(store, survey, NOON, 3),
    backfillSurvey(store, survey, NOON, 3),
  ]);
  await backfillSurvey(store, survey, NOON, 10);
  expect((await groups(survey, "plan")).groups).toMatchObject([
    { value: "free", responses: 10 },
    { value: "pro", responses: 10 },
    { value: "team", responses: 10 },
  ]);
  await expectRecountAgrees(survey);
});

it("fills the hundred-and-first value in under the rest", async () => {
  const survey = await collector.makeSurvey();
  for (let shop = 0; shop < 103; shop++)
    await collector.post(aResponse(survey, { nps: 9, properties: { shop: String(shop) } }));
  await declare(survey, { segments: ["shop"] });
  const values = env.DB.prepare("SELECT count(*) AS n FROM segment_values WHERE survey_id = ?").bind(survey);
  expect(await values.first("n")).toBe(100);
  expect((await groups(survey, "shop")).groups?.reduce((sum, group) => sum + group.responses, 0)).toBe(103);
  await expectRecountAgrees(survey);
});
