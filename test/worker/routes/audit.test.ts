import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, HOUR, NOON } from "../support/collector.ts";

let collector: Collector;

beforeEach(async () => {
  collector = aCollector();
  await env.DB.exec("DELETE FROM audit");
});

async function acts(headers = ADMIN, query = ""): Promise<AuditItem[]> {
  return (await collector.get<Page<AuditItem>>(`/v1/audit${query}`, headers)).body.items;
}

it("keeps who did what, when, to what, and which settings changed", async () => {
  const survey = await collector.makeSurvey({ brand: "Secret Brand" });
  collector.clock.now = NOON + HOUR;
  await collector.request("PATCH", `/v1/surveys/${survey}`, { origins: ["https://a.example"], brand: "x" }, ADMIN);
  expect(await acts()).toMatchObject([
    {
      at: new Date(NOON + HOUR).toISOString(),
      key: "root",
      act: "PATCH /v1/surveys/:survey",
      survey,
      target: null,
      detail: ["brand", "origins"],
    },
    { act: "POST /v1/surveys", survey, at: new Date(NOON).toISOString() },
  ]);
});

it("names the key that acted and the key that was made, and no secret of either", async () => {
  const admin = await collector.request("POST", "/v1/keys", { name: "Ann's laptop", scope: "admin" }, ADMIN);
  const as = { Authorization: `Bearer ${admin.body.key}` };
  collector.clock.now += 1;
  const made = await collector.request("POST", "/v1/keys", { name: "ci", scope: "metrics" }, as);
  collector.clock.now += 1;
  await collector.request("DELETE", `/v1/keys/${made.body.id}`, undefined, as);
  expect(await acts()).toMatchObject([
    { act: "DELETE /v1/keys/:key", key: admin.body.id, target: made.body.id },
    { act: "POST /v1/keys", key: admin.body.id, target: made.body.id, detail: ["metrics"] },
    { act: "POST /v1/keys", key: "root", target: admin.body.id, detail: ["admin"] },
  ]);
  const dump = JSON.stringify((await env.DB.prepare("SELECT * FROM audit").all()).results);
  for (const { body } of [admin, made]) expect(dump).not.toContain(String(body.key).slice(17));
  expect(dump).not.toContain("test-admin-token");
});

it("keeps nothing of lists that were read, of what the public sends, or of what was refused", async () => {
  const survey = await collector.makeSurvey();
  await env.DB.exec("DELETE FROM audit");
  const response = aResponse(survey, { comment: "a word in confidence" });
  await collector.post(response);
  await collector.get("/v1/keys");
  await collector.request("POST", "/v1/keys", { name: "x", scope: "root" }, ADMIN);
  await collector.request("DELETE", "/v1/keys/nosuchkeyhere", undefined, ADMIN);
  await collector.request("PATCH", `/v1/surveys/${survey}`, { brand: 1 }, ADMIN);
  await collector.request("DELETE", `/v1/surveys/${survey}`);
  expect(await acts()).toEqual([]);
  await collector.request("PATCH", `/v1/surveys/${survey}/responses/${response.id}`, { excluded: true }, ADMIN);
  expect(await acts()).toMatchObject([{ target: response.id, detail: ["excluded"] }]);
  expect((await collector.get("/v1/audit")).text).not.toContain("confidence");
});

it("shows a bound admin what was done to its survey only, page by page", async () => {
  const survey = await collector.makeSurvey();
  const other = await collector.makeSurvey();
  const { body } = await collector.request("POST", "/v1/keys", { name: "x", scope: "admin", survey }, ADMIN);
  const bound = { Authorization: `Bearer ${body.key}` };
  for (const id of [survey, other, survey]) {
    collector.clock.now += 1;
    await collector.request("PATCH", `/v1/surveys/${id}`, { brand: "b" }, ADMIN);
  }
  expect((await acts(bound)).map((act) => act.survey)).toEqual([survey, survey, survey, survey]);
  const first = await collector.get<Page<AuditItem>>("/v1/audit?limit=1", bound);
  const second = await acts(bound, `?limit=1&cursor=${first.body.next}`);
  expect(second).toHaveLength(1);
  expect(second[0]?.request).not.toBe(first.body.items[0]?.request);
});

it("knows an act by the id that the reply carried", async () => {
  const { headers } = await collector.request("POST", "/v1/surveys", { name: "Shop" }, ADMIN);
  expect((await acts())[0]?.request).toBe(headers.get("X-Request-Id"));
});
