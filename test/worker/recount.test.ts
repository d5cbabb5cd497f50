/** After random sends in random order the counters are what the rows add up to. */

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { storeOf } from "../../worker/db/store.ts";
import { runScheduled } from "../../worker/jobs/schedule.ts";
import { ADMIN, aCollector, anId, DAY, NOON } from "./support/collector.ts";
import { expectRecountAgrees } from "./support/recount.ts";

const properties = fc.record(
  { plan: fc.constantFrom("free", "pro", "", null), department: fc.constantFrom("sales", "support", null, 7) },
  { requiredKeys: [] },
);
const send = fc.record(
  {
    nps: fc.integer({ min: 0, max: 10 }),
    csat: fc.integer({ min: 1, max: 5 }),
    comment: fc.constantFrom("", "good", "bad"),
    properties,
    respondent: fc.constant({ id: "ann" }),
    locale: fc.constantFrom("uk", "ru-RU", "en"),
    test: fc.constant(true),
  },
  { requiredKeys: [] },
);
const act = fc.record({
  who: fc.nat(5),
  kind: fc.constantFrom(
    "send",
    "send",
    "send",
    "send",
    "retry",
    "exclude",
    "restore",
    "work",
    "work",
    "work",
    "seal",
    "erase",
    "declare",
    "cron",
  ),
  send,
  work: fc.record(
    {
      status: fc.constantFrom("open", "in_work", "resolved"),
      assignee: fc.constantFrom("Olena", "Max", null),
      answered: fc.boolean(),
      excluded: fc.boolean(),
    },
    { requiredKeys: ["status"] },
  ),
  hours: fc.integer({ min: 0, max: 20 }),
});

it("counters equal a recount after any history of sends, retries, amendments, triage, exclusions and erasures", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -7, max: 0 }), { minLength: 6, maxLength: 6 }),
      fc.array(act, { maxLength: 25 }),
      async (ages, acts) => {
        const collector = aCollector();
        const survey = await collector.makeSurvey({
          segments: ["plan", "department", "plan×department", "language"],
          timezone: "Asia/Kathmandu",
        });
        const ids = ages.map((age) => anId(NOON + age * DAY + 60_000));
        const last: Record<string, object> = {};
        for (const { who, kind, send: fields, work, hours } of acts) {
          const id = ids[who] as string;
          const body = kind === "retry" ? last[id] : { survey, id, ...fields };
          if ((kind === "send" || kind === "retry") && body) {
            last[id] = body;
            expect((await collector.post(body)).status).toBeLessThan(500);
          } else if (kind === "work") {
            await collector.request("PATCH", `/v1/surveys/${survey}/responses/${id}`, work, ADMIN);
          } else if (kind === "seal") {
            await collector.request("DELETE", `/v1/surveys/${survey}/responses/${id}`, undefined, ADMIN);
          } else if (kind === "erase") {
            await collector.request("DELETE", "/v1/respondents/ann", undefined, ADMIN);
          } else if (kind === "declare") {
            const segments = ["plan", "department", "plan×department", "language"].slice(hours % 4);
            await collector.request("PATCH", `/v1/surveys/${survey}`, { segments }, ADMIN);
          } else if (kind === "cron") {
            await runScheduled(storeOf(env.DB), "", collector.clock.now);
          } else if (kind !== "retry") {
            const path = `/v1/surveys/${survey}/responses/${id}`;
            await collector.request("PATCH", path, { excluded: kind === "exclude" }, ADMIN);
          }
          collector.clock.now += (hours * 3_600_000) / 10;
        }
        await expectRecountAgrees(survey);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

it("an erased response keeps its bare scores, loses the person, and takes no further send", async () => {
  const collector = aCollector();
  const survey = await collector.makeSurvey({ segments: ["plan", "channel"] });
  const id = anId();
  const body = { survey, id, nps: 2, comment: "call me", respondent: { id: "ann" }, properties: { plan: "pro" } };
  await collector.post(body);
  await collector.request("DELETE", `/v1/surveys/${survey}/responses/${id}`, undefined, ADMIN);
  const again = await collector.post({ ...body, nps: 10 });
  expect(again.status).toBe(200);
  const row = await env.DB.prepare("SELECT * FROM responses WHERE id = ?").bind(id).first();
  expect(row).toMatchObject({
    nps: 2,
    comment: null,
    respondent_id: null,
    properties: "{}",
    segments: '{"channel":"page"}',
  });
  await expectRecountAgrees(survey);
});
