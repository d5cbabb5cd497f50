import { beforeAll, expect, it } from "vitest";
import type { Page } from "../../../shared/schema/paging.ts";
import type { TestResponse } from "../../../shared/schema/response.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const list = () => collector.get<Page<TestResponse>>(`/v1/surveys/${survey}/test-responses`);

it("shows a test response at once, and no other", async () => {
  expect((await list()).body).toEqual({ items: [], next: null });
  const test = aResponse(survey, { nps: 9, comment: "works", test: true });
  await collector.post(test);
  await collector.post(aResponse(survey, { nps: 1 }));
  await collector.post(aResponse(await collector.makeSurvey(), { nps: 1, test: true }));
  expect((await list()).body.items).toMatchObject([{ id: test.id, nps: 9, comment: "works", channel: "page" }]);
});

it("reads as many rows however many ordinary responses there are", async () => {
  for (let nps = 0; nps <= 10; nps++) await collector.post(aResponse(survey, { nps }));
  collector.rows.reset();
  await list();
  expect(collector.rows.read).toBeLessThanOrEqual(4);
});

it("keeps them from a key that may not read comments", async () => {
  const { body } = await collector.request<{ key: string }>("POST", "/v1/keys", { name: "a", scope: "metrics" }, ADMIN);
  const reply = await collector.get(`/v1/surveys/${survey}/test-responses`, { Authorization: `Bearer ${body.key}` });
  expect(reply.status).toBe(403);
});
