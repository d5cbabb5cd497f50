/** A refusal writes nothing: no response, no counter, and no value of a segment, which has room for a hundred. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";
import type { Refusal } from "../support/refusals.ts";
import { refusals } from "../support/refusals.ts";

const nobody = (async () => Response.json({ success: false })) as typeof fetch;

let collector: Collector;
let survey: string;
let all: Refusal[];

beforeAll(async () => {
  collector = aCollector({ fetch: nobody, secrets: { TURNSTILE_SECRET: "cf-secret" } });
  ({ survey, all } = await refusals(collector));
});

const values = async (segment: string) => {
  const { results } = await env.DB.prepare(
    "SELECT value FROM segment_values WHERE survey_id = ? AND segment = ? ORDER BY value",
  )
    .bind(survey, segment)
    .all<{ value: string }>();
  return results.map(({ value }) => value);
};

it("a refused send of any kind, again and again, writes no row", async () => {
  for (const { name, status, send } of all) {
    collector.rows.reset();
    for (let index = 0; index < 8; index++) {
      const reply = await send(index);
      expect(reply.status, `${name}: ${reply.text.slice(0, 200)}`).toBe(status);
    }
    expect(collector.rows.written, name).toBe(0);
  }
  expect(await values("plan")).toEqual([]);
  await expectRecountAgrees(survey);
});

it("a send that is braked writes no row", async () => {
  const braked = aCollector({ rateLimit: "on" });
  const own = await braked.makeSurvey({ segments: ["plan"] });
  const send = (index: number) =>
    braked.post(aResponse(own, { properties: { plan: `plan ${index}` } }), { "CF-Connecting-IP": "192.0.2.1" });
  const statuses: number[] = [];
  for (let index = 0; index < 60; index++) {
    braked.rows.reset();
    const { status } = await send(index);
    if (status === 429) expect(braked.rows.written).toBe(0);
    statuses.push(status);
  }
  expect(statuses).toContain(429);
  const values = env.DB.prepare("SELECT count(*) AS n FROM segment_values WHERE survey_id = ?").bind(own);
  expect(await values.first("n")).toBe(statuses.filter((status) => status === 201).length);
});

describe("the hundred values of a segment", () => {
  const counted = async (segment: string) => {
    const { body } = await collector.get<Metrics>(
      `/v1/surveys/${survey}/metrics?group_by=${encodeURIComponent(segment)}`,
    );
    return body.groups ?? [];
  };

  it("are those of stored answers, though hundreds of others were refused before", async () => {
    for (let index = 100; index < 400; index++) await all[(index * 7) % all.length]!.send(index);
    await collector.post(aResponse(survey, { properties: { plan: "pro", shop: "12" }, locale: "uk-UA" }));
    expect(await values("plan")).toEqual(["pro"]);
    expect(await values("plan×shop")).toEqual(["pro×12"]);
    expect(await counted("plan")).toMatchObject([
      { value: "pro", responses: 1 },
      { value: null, responses: 4 },
    ]);
  });

  it("hold the value that an answer is changed to, and not those of a change that was not stored", async () => {
    const response = aResponse(survey, { secret: "s".repeat(22), rev: 1, properties: { plan: "one" } });
    await collector.post(response);
    await collector.post({ ...response, rev: 1, properties: { plan: "same rev" } });
    await collector.post({ ...response, secret: "t".repeat(22), rev: 2, properties: { plan: "other secret" } });
    await collector.post({ ...response, rev: 2, properties: { plan: "two" } });
    await collector.post(aResponse(survey, { test: true, properties: { plan: "a test" } }));
    expect(await values("plan")).toEqual(["one", "pro", "two"]);
    await expectRecountAgrees(survey);
  });

  it("stay a hundred when many bring new ones at the same time, and the rest is counted as the rest", async () => {
    const crowd = Array.from({ length: 140 }, (_, index) =>
      aResponse(survey, { id: anId(), properties: { plan: `crowd ${index}`, shop: `${index % 3}` }, nps: index % 11 }),
    );
    const replies = await Promise.all(crowd.map((response) => collector.post(response)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await values("plan")).toHaveLength(100);
    const groups = await counted("plan");
    const rest = groups.find((group) => "rest" in group);
    // 97 of the 140 values had room beside pro, one and two. No response has the value one any more. 50 groups are shown.
    expect(rest?.responses).toBe(99 - 50 + 43);
    const { results } = await env.DB.prepare(
      "SELECT DISTINCT value FROM rollups WHERE survey_id = ? AND segment = 'plan'",
    )
      .bind(survey)
      .all();
    expect(results).toHaveLength(101);
    await expectRecountAgrees(survey);
    collector.rows.reset();
    for (const response of crowd) expect((await collector.post(response)).status).toBe(200);
    expect(collector.rows.written).toBe(0);
  });

  it("of a segment declared later are those of answers, not of tests", async () => {
    const own = await collector.makeSurvey();
    const test = aResponse(own, { test: true, properties: { shop: "a test" } });
    await collector.post(test);
    await collector.post(aResponse(own, { properties: { shop: "real" } }));
    await collector.request("PATCH", `/v1/surveys/${own}`, { segments: ["shop"] }, ADMIN);
    const row = env.DB.prepare("SELECT group_concat(value) AS all_values FROM segment_values WHERE survey_id = ?").bind(
      own,
    );
    expect(await row.first("all_values")).toBe("real");
  });
});
