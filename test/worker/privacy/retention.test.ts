import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { applyRetention } from "../../../worker/jobs/retention.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON, withoutSecret } from "../support/collector.ts";
import { aHook, tell } from "../support/inbound.ts";
import { countRows, findText, tables } from "./dump.ts";

const collector = aCollector({ secrets: { MAILER: "resend:KEY", MAIL_FROM: "feedback@shop.example" } });
const store = storeOf(env.DB);

/** Responses of `count` days up to the collector's clock, one each noon. */
async function answerDaily(survey: string, count: number): Promise<string[]> {
  const ids = [];
  for (let day = count - 1; day >= 0; day--) {
    collector.clock.now = NOON - day * DAY;
    const response = aResponse(survey, { id: anId(collector.clock.now), nps: day % 11, comment: `day ${day}` });
    expect((await collector.post(response)).status).toBe(201);
    ids.push(response.id);
  }
  return ids;
}

it("raw responses go when their time is over, and the figures of those days stay", async () => {
  const survey = await collector.makeSurvey({ retention_days: 9 });
  const kept = await collector.makeSurvey();
  await answerDaily(survey, 15);
  await answerDaily(kept, 15);
  const figures = async () => (await collector.get(`/v1/surveys/${survey}/metrics?interval=day`)).body;
  const before = await figures();
  expect(await applyRetention(store, NOON, "")).toEqual({ done: 5, more: false, cursor: "" });
  expect(await countRows("responses", `survey_id = '${survey}'`)).toBe(10);
  expect(await countRows("responses", `survey_id = '${kept}'`)).toBe(15);
  expect(await figures()).toEqual(before);
  expect((await collector.get(`/v1/surveys/${survey}/comments`)).text).not.toContain("day 10");
  expect(await applyRetention(store, NOON, "")).toMatchObject({ done: 0 });
});

it("what was deleted cannot come back by being sent again", async () => {
  const survey = await collector.makeSurvey({ retention_days: 9 });
  const [oldest] = await answerDaily(survey, 11);
  await applyRetention(store, NOON, "");
  const response = withoutSecret(aResponse(survey, { id: oldest as string, nps: 10, comment: "again" }));
  const again = await collector.post(response);
  expect(again).toMatchObject({ status: 422, body: { code: "clock_skew" } });
});

it("a backlog is worked off in bounded chunks, survey after survey", async () => {
  const long = await collector.makeSurvey({ retention_days: 9 });
  const other = await collector.makeSurvey({ retention_days: 9 });
  for (const survey of [long, other])
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
       WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11999)
       SELECT ?1, printf('0190%04x-%04x-7000-8000-%012x', i / 65536, i % 65536, i), 1, '2024-06-09', 1, 1, '2024-06-09', 9,
         'page' FROM n`,
    )
      .bind(survey)
      .run();
  const runs = [];
  let cursor = "";
  do {
    const run = await applyRetention(store, NOON, cursor);
    runs.push(run.done);
    cursor = run.cursor ?? "";
  } while (cursor !== "" || runs.length < 2);
  expect(Math.max(...runs)).toBeLessThanOrEqual(10_000);
  for (const survey of [long, other]) expect(await countRows("responses", `survey_id = '${survey}'`)).toBe(0);
});

it("an answer whose invitation is still open stays, or its sender could be counted twice", async () => {
  const survey = await collector.makeSurvey();
  const sent = await collector.request<{ invitations: { id: string }[] }>(
    "POST",
    `/v1/surveys/${survey}/invitations`,
    { respondents: [{ id: "annabel-lee" }], expires_in_days: 60 },
    ADMIN,
  );
  const id = sent.body.invitations[0]?.id as string;
  const insert = `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
    VALUES (?1, ?2, ?3, '2026-11-22', ?3, ?3, '2026-11-22', 9, 'invitation')`;
  await env.DB.prepare(insert).bind(survey, id, NOON).run();
  await env.DB.prepare("UPDATE surveys SET settings = json_set(settings, '$.retention_days', 9) WHERE id = ?")
    .bind(survey)
    .run();
  await applyRetention(store, NOON + 30 * DAY, "");
  expect(await countRows("responses", `survey_id = '${survey}'`)).toBe(1);
  await applyRetention(store, NOON + 61 * DAY, "");
  expect(await countRows("responses", `survey_id = '${survey}'`)).toBe(0);
  expect(await findText("annabel-lee")).toEqual([]);
});

it("nothing of a deleted survey is left in any table, but that it was deleted", async () => {
  collector.clock.now = NOON;
  const survey = await collector.makeSurvey({ segments: ["plan"], topics: [{ name: "speed", stems: ["slow"] }] });
  const path = `/v1/surveys/${survey}`;
  const sent = aResponse(survey, { nps: 2, comment: "slow", respondent: { id: "zoe" }, properties: { plan: "pro" } });
  await collector.post(sent);
  await collector.request("PATCH", `${path}/responses/${sent.id}`, { status: "resolved" }, ADMIN);
  await collector.request("POST", `${path}/signing-keys`, { use: "identity" }, ADMIN);
  const hook = { url: "https://hooks.example/", events: ["respondent.unsubscribed"] };
  await collector.request("POST", `${path}/webhooks`, hook, ADMIN);
  const told = await aHook(collector, survey);
  await tell(collector, told, { id: 1, contact: { id: "zoe" } });
  const mailed = {
    respondents: [{ id: "yan", email: "yan@shop.example" }],
    send: true,
    send_at: "2026-11-23T12:00:00Z",
  };
  await collector.request("POST", `${path}/invitations`, mailed, ADMIN);
  await collector.request("POST", "/v1/unsubscribes", { respondent: "yan", survey }, ADMIN);
  await collector.request("POST", "/v1/keys", { name: "bound", scope: "admin", survey }, ADMIN);
  await env.DB.prepare("INSERT INTO folding_values (survey_id, segment, value) VALUES (?, 'plan', 'pro')")
    .bind(survey)
    .run();
  await env.DB.prepare("INSERT INTO unnamed_unsubscribes VALUES ('hash', ?, 'api', 0)").bind(survey).run();
  const filled = new Set((await findText(survey)).map((found) => found.table));
  expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
  await runScheduled(store, crons.erasing, NOON);
  const left = (await findText(survey, "zoe", "yan")).map((found) => found.table);
  expect(left.filter((table) => table !== "audit")).toEqual([]);
  expect(await findText("zoe", "yan")).toEqual([]);
  // A new table with data of surveys must get rows above, or this test proves nothing about it.
  const withSurvey = [];
  for (const table of await tables()) {
    const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all<{ name: string }>();
    if (results.some(({ name }) => name === "survey_id")) withSurvey.push(table);
  }
  expect([...filled].sort()).toEqual([...withSurvey, "surveys"].sort());
});
