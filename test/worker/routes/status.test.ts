import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Status } from "../../../shared/schema/status.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { runJobs } from "../../../worker/jobs/run.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { planOf } from "../../../worker/plan.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";

const collector = aCollector();
const store = storeOf(env.DB);

it("says which schema, how full, how many surveys, and what each job did last", async () => {
  const survey = await collector.makeSurvey();
  await collector.makeSurvey();
  await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
  const before = (await collector.get<Status>("/v1/status")).body;
  expect(before).toMatchObject({ schema: expect.stringMatching(/^\d{4}_/), surveys: 1, surveys_being_erased: 1 });
  expect(before.database_bytes).toBeGreaterThan(0);
  for (const cron of [crons.deleting, crons.erasing]) await runScheduled(store, cron, NOON);
  const { jobs, surveys_being_erased } = (await collector.get<Status>("/v1/status")).body;
  expect(surveys_being_erased).toBe(0);
  expect(jobs).toMatchObject([
    { name: "clean", ran_at: new Date(NOON).toISOString(), more: false, failed: null },
    { name: "erase", done: expect.any(Number), more: false },
    { name: "fold", more: false },
    { name: "forget" },
    { name: "retain", done: 0 },
    { name: "watch", done: 0 },
  ]);
});

it("says how much of the plan the day has used", async () => {
  const survey = await collector.makeSurvey();
  const before = (await collector.get<Status>("/v1/status")).body;
  const sent = aResponse(survey, { nps: 9 });
  await collector.post(sent);
  await collector.post({ ...sent, comment: "quick" });
  const { plan, today, database_bytes_most } = (await collector.get<Status>("/v1/status")).body;
  expect({ plan, database_bytes_most }).toEqual({ plan: "free", database_bytes_most: 500_000_000 });
  expect(today).toEqual({
    day: new Date(NOON).toISOString().slice(0, 10),
    writes: before.today.writes + 2,
    rows_written_at_least: before.today.rows_written_at_least + 5,
    rows_written_most: 100_000,
    limit_reached: null,
  });
  expect(planOf(500_000_001)).toBe("paid");
});

it("counts the messages of webhooks that wait, with the time of the oldest, and those that were given up", async () => {
  const read = async () => (await collector.get<Status>("/v1/status")).body.webhooks;
  expect(await read()).toEqual({ messages_waiting: 0, oldest_waiting_since: null, messages_dead: 0 });
  const message = (id: string, minutesAgo: number, state: string) =>
    env.DB.prepare(
      `INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, created_at, due_at, state)
       VALUES ('wh_a', ?1, 'srv_a', 'response.created', ?2, iif(?3 = 'waiting', ?2, NULL), ?3)`,
    ).bind(id, NOON - minutesAgo * 60_000, state);
  await env.DB.batch([
    message("msg_1", 50, "dead"),
    message("msg_2", 40, "delivered"),
    message("msg_3", 30, "waiting"),
    message("msg_4", 20, "waiting"),
  ]);
  expect(await read()).toEqual({
    messages_waiting: 2,
    oldest_waiting_since: new Date(NOON - 30 * 60_000).toISOString(),
    messages_dead: 1,
  });
  const { text } = await collector.request("GET", "/v1/status", undefined, { ...ADMIN, Accept: "text/plain" });
  expect(text).toContain("vidhuk_webhook_messages_waiting 2\n");
  expect(text).toContain(`vidhuk_webhook_oldest_waiting_since_seconds ${NOON / 1000 - 1800}\n`);
});

it("says that a daily limit of the plan is reached, though writes can be stored no more", async () => {
  const spent = "D1_ERROR: Your account has exceeded D1's free tier daily row write limit.";
  const writes = (sql: string) => !/^\s*SELECT/i.test(sql);
  const refused = { bind: () => refused, all: () => Promise.reject(new Error(spent)) };
  const DB = {
    prepare: (sql: string) => (writes(sql) ? refused : env.DB.prepare(sql)),
    batch: () => Promise.reject(new Error(spent)),
  } as unknown as D1Database;
  const limited = aCollector({ secrets: { DB } });
  const limit = async () => (await limited.get<Status>("/v1/status")).body.today.limit_reached;
  expect(await limit()).toBe(null);
  const survey = await collector.makeSurvey();
  expect((await limited.post(aResponse(survey))).body.code).toBe("plan_limit_reached");
  expect(await limit()).toBe("rows_written");
  const { text } = await limited.request("GET", "/v1/status", undefined, { ...ADMIN, Accept: "text/plain" });
  expect(text).toContain("vidhuk_plan_limit_reached 1\n");
  limited.clock.now += DAY / 2;
  expect(await limit()).toBe(null);
});

it("is read by Prometheus, under the header that it sends", async () => {
  await runScheduled(store, crons.deleting, NOON);
  const accept = "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  const { headers, text } = await collector.request("GET", "/v1/status", undefined, { ...ADMIN, Accept: accept });
  expect(headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text).toMatch(/^vidhuk_database_bytes [1-9]\d*$/m);
  expect(text).toContain(`vidhuk_job_ran_at_seconds{job="retain"} ${NOON / 1000}\n`);
  expect(text).toContain('vidhuk_job_failed{job="retain"} 0\n');
  // Each line is a comment or a sample, and each name is told once.
  for (const line of text.trimEnd().split("\n"))
    expect(line).toMatch(
      /^(# (HELP|TYPE) vidhuk_[a-z_]+ \S.*|vidhuk_[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? \d+(\.\d+)?)$/,
    );
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
});

it("a job that fails is said to, goes on next time, and keeps no other from running", async () => {
  const ran: string[] = [];
  const jobs = {
    broken: async () => {
      throw new Error("no such thing");
    },
    sound: async (_: unknown, __: number, cursor: string) => {
      ran.push(cursor);
      return { done: 7, more: true, cursor: "srv_halfway" };
    },
  };
  await runJobs(store, jobs, NOON);
  await runJobs(store, jobs, NOON);
  expect(ran).toEqual(["", "srv_halfway"]);
  const all = (await collector.get<Status>("/v1/status")).body.jobs;
  expect(all.find(({ name }) => name === "broken")).toMatchObject({ failed: "Error: no such thing", more: true });
  expect(all.find(({ name }) => name === "sound")).toMatchObject({ failed: null, done: 7, more: true });
});

it.each(Object.entries(crons))(
  "the jobs of %s fit into the 50 queries of a free plan's invocation, a backlog included",
  async (_, cron) => {
    for (let count = 0; count < 12; count++) {
      const survey = await collector.makeSurvey(count % 2 ? { retention_days: 9 } : {});
      if (count % 2 === 0) await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
    }
    const segmented = await collector.makeSurvey({ segments: ["plan"] });
    await env.DB.prepare(
      "INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel) SELECT ?1, printf('%08x', value), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'page' FROM json_each(?3)",
    )
      .bind(segmented, NOON, JSON.stringify(Array.from({ length: 3000 }, (_, index) => index)))
      .run();
    await env.DB.prepare("INSERT INTO folding_values (survey_id, segment, value) VALUES (?, 'plan', 'x')")
      .bind(segmented)
      .run();
    await collector.request("PATCH", `/v1/surveys/${segmented}`, { segments: ["plan", "channel"] }, ADMIN);
    // What scheduled itself asks for before the jobs.
    const READ_BEFORE = 2;
    let queries = READ_BEFORE;
    const counting = { ...store };
    counting.all = async (query) => {
      queries++;
      return store.all(query);
    };
    counting.first = async (query) => {
      queries++;
      return store.first(query);
    };
    counting.batch = async (batch) => {
      queries += batch.length;
      return store.batch(batch);
    };
    await runScheduled(counting, cron, NOON);
    expect(queries).toBeLessThanOrEqual(50);
  },
);
