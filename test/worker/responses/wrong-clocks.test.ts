/** A device whose clock is wrong makes one response, from whichever tab and whenever it sends the answer. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { ResponseBody } from "../../../shared/schema/response.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { applyRetention } from "../../../worker/jobs/retention.ts";
import { countRows } from "../privacy/dump.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON, withoutSecret } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const MINUTE = 60_000;
const secret = "s".repeat(32);

let collector: Collector;
let survey: string;

beforeAll(() => {
  collector = aCollector();
});

beforeEach(async () => {
  collector.clock.now = NOON;
  survey = await collector.makeSurvey();
});

const figures = async () => (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics`)).body;
const anAnswer = (offset: number, fields: Partial<ResponseBody> = {}) =>
  aResponse(survey, { id: anId(NOON + offset), secret, nps: 9, rev: 1, ...fields });

const clocks = [
  ["6 years back", -6 * 365 * DAY],
  ["30 days back", -30 * DAY],
  ["a second too far back", -7 * DAY - 1000],
  ["just within what is believed, and soon outside", -7 * DAY + 1000],
  ["10 minutes and a second ahead", 10 * MINUTE + 1000],
  ["2 hours ahead", 2 * HOUR],
  ["a second less than 7 days and 10 minutes ahead", 7 * DAY + 10 * MINUTE - 1000],
  ["a second more than 7 days and 10 minutes ahead", 7 * DAY + 10 * MINUTE + 1000],
  ["50 days ahead", 50 * DAY],
  ["10 years ahead", 10 * 365 * DAY],
] as const;

describe.each(clocks)("a device's clock that is %s", (_, offset) => {
  it.each([
    ["in the next second", 1000],
    ["two seconds later", 2000],
    ["half an hour later", HOUR / 2],
    ["three hours later", 3 * HOUR],
    ["a day later", DAY - 1000],
  ])("counts once when another tab goes on with the answer %s", async (_, later) => {
    const answer = anAnswer(offset);
    const first = await collector.post(answer);
    expect(first.status).toBe(201);
    collector.clock.now = NOON + later;
    const second = await collector.post({ ...answer, csat: 5, rev: 2 });
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, created_at: first.body.created_at } });
    const { responses, nps, csat } = await figures();
    expect({ responses, nps: nps?.responses, csat: csat?.responses }).toEqual({ responses: 1, nps: 1, csat: 1 });
    await expectRecountAgrees(survey);
  });

  it("counts once when the answer is sent again a week later because no reply came", async () => {
    const answer = anAnswer(offset);
    await collector.post(answer);
    for (const later of [1000, HOUR, DAY, 3 * DAY, 7 * DAY - 1000]) {
      collector.clock.now = NOON + later;
      expect(await collector.post(answer)).toMatchObject({ status: 200 });
    }
    expect((await figures()).responses).toBe(1);
  });

  it("counts once when ten restored tabs send it at the same moment", async () => {
    const answer = anAnswer(offset);
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, tab) => collector.post({ ...answer, rev: 1 + (tab % 3) })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect((await figures()).responses).toBe(1);
  });

  it("is counted on the day the answer came, unless its time can be believed", async () => {
    const { body } = await collector.post(anAnswer(offset));
    const believed = offset > -7 * DAY && offset <= 10 * MINUTE;
    expect(body.created_at).toBe(new Date(believed ? NOON + offset : NOON).toISOString());
  });

  it("cannot be changed by who knows the id and not the secret", async () => {
    const answer = anAnswer(offset);
    await collector.post(answer);
    const strange = await collector.post({ ...answer, secret: "x".repeat(32), nps: 0, rev: 9 });
    expect(strange).toMatchObject({ status: 403, body: { code: "not_yours" } });
    expect((await figures()).nps?.distribution[9]).toBe(1);
  });
});

it("a response is one whatever the clock, and whenever within the week its sends come", async () => {
  const send = fc.record({ after: fc.integer({ min: 0, max: 7 * DAY - 1 }), rev: fc.integer({ min: 1, max: 9 }) });
  const near = (at: number) => fc.integer({ min: at - 3000, max: at + 3000 });
  const offset = fc.oneof(near(-7 * DAY), near(10 * MINUTE), near(7 * DAY + 10 * MINUTE), near(30 * DAY), near(-DAY));
  await fc.assert(
    fc.asyncProperty(offset, fc.array(send, { minLength: 2, maxLength: 5 }), async (offset, sends) => {
      survey = await collector.makeSurvey();
      const answer = anAnswer(offset);
      for (const { after, rev } of sends.sort((a, b) => a.after - b.after)) {
        collector.clock.now = NOON + after;
        await collector.post({ ...answer, rev });
      }
      collector.clock.now = NOON;
      const items = await collector.get<{ items: unknown[] }>(`/v1/surveys/${survey}/responses`, ADMIN);
      expect(items.body.items).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

it("is one response on both sides of the moment at which a new window of ids begins", async () => {
  const boundary = Math.ceil(NOON / 2 ** 32) * 2 ** 32;
  const answer = anAnswer(-30 * DAY);
  for (const at of [boundary - 1, boundary, boundary + 7 * DAY]) {
    collector.clock.now = at;
    await collector.post(answer);
  }
  const { body } = await collector.get<{ items: unknown[] }>(`/v1/surveys/${survey}/responses`);
  expect(body.items).toHaveLength(1);
});

it("is found in the list of its day, be its id a week ahead of it", async () => {
  await collector.post(anAnswer(7 * DAY));
  const { body } = await collector.get<{ items: unknown[] }>(`/v1/surveys/${survey}/responses?to=2026-11-22`);
  expect(body.items).toHaveLength(1);
});

it("is deleted by retention, a week late where its id is a week ahead", async () => {
  survey = await collector.makeSurvey({ retention_days: 9 });
  await collector.post(anAnswer(7 * DAY));
  const store = storeOf(env.DB);
  const rows = () => countRows("responses", `survey_id = '${survey}'`);
  await applyRetention(store, NOON + 16 * DAY - 1000, "");
  expect(await rows()).toBe(1);
  await applyRetention(store, NOON + 16 * DAY + 1000, "");
  expect(await rows()).toBe(0);
});

it("tells a sender without a secret the server's time, as ever, and stores nothing", async () => {
  collector.rows.reset();
  const reply = await collector.post(withoutSecret(aResponse(survey, { id: anId(NOON - 30 * DAY), nps: 9 })));
  expect(reply).toMatchObject({ status: 422, body: { code: "clock_skew", now: "2026-11-22T12:00:00.000Z" } });
  expect(collector.rows.written).toBe(0);
});

it("takes an old id of a server's for what it says, secret or not", async () => {
  const response = anAnswer(-30 * DAY);
  expect(await collector.post(response, ADMIN)).toMatchObject({ status: 422, body: { code: "clock_skew" } });
});

it("costs no row where the clock is right", async () => {
  const cost = async (fields: Partial<ResponseBody>) => {
    collector.rows.reset();
    await collector.post(aResponse(survey, fields));
    return { written: collector.rows.written, read: collector.rows.read };
  };
  await cost({});
  expect(await cost({ secret, rev: 1 })).toEqual(await cost({}));
});
