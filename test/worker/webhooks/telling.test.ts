/** Webhooks: who is told of what, and when. */
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ResponseBody } from "../../../shared/schema/response.ts";
import { webhookMessageShape } from "../../../shared/schema/webhook.ts";
import { crons } from "../../../worker/jobs/schedule.ts";
import { findText } from "../privacy/dump.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { aTellingCollector, HOOK_URL } from "../support/hooks.ts";
import { anInvitation, answerPage, PERSON, sendForm } from "../support/links.ts";

const ALL = ["response.created", "response.amended", "comment.created", "respondent.unsubscribed"];
const MINUTE = 60_000;
const collector = aTellingCollector();
const { world } = collector;

/** As a page sends one answer after the other. */
function aVisit(survey: string, fields: Partial<ResponseBody> = {}) {
  const response = aResponse(survey, { nps: 3, rev: 1, ...fields });
  let rev = 1;
  return {
    id: response.id,
    begin: () => collector.post(response),
    add: (answers: Partial<ResponseBody>) => collector.post({ ...response, ...answers, rev: ++rev }),
  };
}

beforeEach(collector.forget);

const typesTold = () => world.take().map(({ type }) => type);

it("signs as the Standard Webhooks library verifies, and tells the response as the lists show it", async () => {
  vi.setSystemTime(collector.clock.now);
  const survey = await collector.makeSurvey({ segments: ["plan"] });
  const { id, secret } = await collector.hook(survey);
  await aVisit(survey, { comment: "Late <!channel>", properties: { plan: "pro" }, respondent: { id: "ann" } }).begin();
  const [{ url, headers, body } = expect.fail()] = world.got.splice(0);
  const sent = Object.fromEntries(headers);
  const message = new Webhook(secret).verify(body, sent);
  const { items } = (await collector.get<{ items: object[] }>(`/v1/surveys/${survey}/comments`)).body;
  expect([url, headers.get("Content-Type")]).toEqual([HOOK_URL, "application/json"]);
  expect(webhookMessageShape.parse(message)).toEqual(message);
  expect(message).toEqual({
    type: "response.created",
    timestamp: new Date(NOON).toISOString(),
    survey,
    data: items[0],
  });
  expect((await collector.deliveries(survey, id)).map((each) => each.id)).toEqual([headers.get("webhook-id")]);
  for (const spoilt of [
    { ...sent, "webhook-id": "msg_other" },
    { ...sent, "webhook-timestamp": String(NOON / 1000 - 1) },
  ])
    expect(() => new Webhook(secret).verify(body, spoilt)).toThrow("No matching signature");
  expect(() => new Webhook(secret).verify(body.replace("Late", "Fine"), sent)).toThrow("No matching signature");
  vi.useRealTimers();
});

it("signs with the old and the new secret for a day, and shows neither again", async () => {
  const survey = await collector.makeSurvey({ questions: ["nps"] });
  const { id, secret } = await collector.hook(survey);
  const { body: rotated } = await collector.ask<{ secret: string }>(
    "POST",
    collector.hookPath(survey, `/${id}/secret`),
  );
  expect((await collector.get(collector.hookPath(survey))).text).not.toContain("whsec_");
  const accepted = async (at: number) => {
    collector.clock.now = at;
    vi.setSystemTime(at);
    await collector.post(aResponse(survey, { id: anId(at) }));
    const [{ headers, body } = expect.fail()] = world.got.splice(0);
    const verifies = (key: string) => {
      try {
        return Boolean(new Webhook(key).verify(body, Object.fromEntries(headers)));
      } catch {
        return false;
      }
    };
    return [secret, rotated.secret].map(verifies);
  };
  expect(await accepted(NOON)).toEqual([true, true]);
  expect(await accepted(NOON + DAY - 1)).toEqual([true, true]);
  expect(await accepted(NOON + DAY)).toEqual([false, true]);
  vi.useRealTimers();
});

describe("one person is one message", () => {
  it("sent as soon as the last question is answered, with all answers", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey, { events: ["response.created", "response.amended", "comment.created"] });
    const visit = aVisit(survey);
    await visit.begin();
    await visit.add({ csat: 2 });
    expect(world.got).toEqual([]);
    await visit.add({ csat: 2, comment: "Too slow" });
    expect(world.take()).toMatchObject([{ type: "response.created", data: { nps: 3, csat: 2, comment: "Too slow" } }]);
    collector.clock.now += HOUR;
    await collector.cron();
    expect(world.take()).toEqual([]);
  });

  it("sent a minute after the first answer where the visitor answers no more, and not before", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey);
    const visit = aVisit(survey);
    await visit.begin();
    collector.clock.now = NOON + MINUTE - 1;
    await visit.add({ csat: 5 });
    await collector.cron();
    expect(world.got).toEqual([]);
    collector.clock.now = NOON + MINUTE;
    await collector.cron();
    expect(world.take()).toMatchObject([{ data: { nps: 3, csat: 5 } }]);
  });

  it("sent at once for a server's response, and for a form that was sent", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey);
    await collector.post(aResponse(survey), ADMIN);
    await answerPage(collector, `/s/${survey}`, { ...PERSON, nps: "9", comment: "" });
    expect(typesTold()).toEqual(["response.created", "response.created"]);
  });

  it("held where only a gesture has saved the score of a link", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey);
    const { url } = await anInvitation(collector, survey, "gesture", { confirm: "gesture" });
    await answerPage(collector, url, { ...PERSON, nps: "9" });
    expect(world.take()).toEqual([]);
    await answerPage(collector, url, { ...PERSON, nps: "9", comment: "fine" });
    expect(world.take()).toMatchObject([{ data: { comment: "fine" } }]);
  });
});

describe("by its events a webhook is told", () => {
  // A score; more than a minute later a comment; more than a minute later another score.
  it.each([
    [["response.created"], ["response.created"]],
    [["response.amended"], ["response.amended", "response.amended"]],
    [["comment.created"], ["comment.created"]],
    [
      ["response.amended", "comment.created"],
      ["comment.created", "response.amended"],
    ],
    [
      ["response.created", "response.amended", "comment.created"],
      ["response.created", "comment.created", "response.amended"],
    ],
    [["respondent.unsubscribed", "score.dropped"], []],
  ])("of %j: %j", async (events, told) => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey, { events });
    const visit = aVisit(survey);
    for (const act of [
      visit.begin,
      () => visit.add({ comment: "slow" }),
      () => visit.add({ comment: "slow", nps: 1 }),
    ]) {
      expect((await act()).status).toBeLessThan(300);
      collector.clock.now += 2 * MINUTE;
      await collector.cron();
    }
    expect(typesTold()).toEqual(told);
  });
});

describe("a filter", () => {
  const detractor = { nps: 6, csat: 2, comment: "slow", properties: { department: "Sales" } };

  it.each<[filter: object, response: Partial<ResponseBody>, isTold: boolean]>([
    [{}, { nps: 9 }, true],
    [{ nps_group: ["detractor"] }, detractor, true],
    [{ nps_group: ["detractor"] }, { nps: 7 }, false],
    [{ nps_group: ["detractor", "passive"] }, { nps: 7 }, true],
    [{ nps_group: ["detractor"] }, { csat: 1 }, false],
    [{ csat_group: ["dissatisfied"] }, detractor, true],
    [{ csat_group: ["dissatisfied"] }, { csat: 3 }, false],
    [{ has_comment: true }, detractor, true],
    [{ has_comment: true }, { nps: 0 }, false],
    [{ has_comment: false }, { nps: 0 }, true],
    [{ has_comment: false }, detractor, false],
    [{ segment: { department: "Sales" } }, detractor, true],
    [{ segment: { department: "Support" } }, detractor, false],
    [{ segment: { department: "Sales" } }, { nps: 1 }, false],
    [{ nps_group: ["detractor"], has_comment: true, segment: { department: "Sales" } }, detractor, true],
    [
      { nps_group: ["detractor"], has_comment: true, segment: { department: "Sales" } },
      { ...detractor, nps: 10 },
      false,
    ],
  ])("%j tells %j: %s", async (filter, response, isTold) => {
    const survey = await collector.makeSurvey({ segments: ["department"] });
    const { id } = await collector.hook(survey, { filter });
    await collector.post(aResponse(survey, response), ADMIN);
    expect(world.take()).toHaveLength(isTold ? 1 : 0);
    // What is not told leaves nothing behind.
    expect(await collector.deliveries(survey, id)).toHaveLength(isTold ? 1 : 0);
  });

  it("looks at the answers as they are when the message is sent", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey, { filter: { nps_group: ["detractor"] } });
    const [better, worse] = [aVisit(survey, { nps: 3 }), aVisit(survey, { nps: 9 })];
    await better.begin();
    await worse.begin();
    await better.add({ nps: 9, comment: "sorry, 9" });
    await worse.add({ nps: 2, comment: "sorry, 2" });
    expect(world.take()).toMatchObject([{ data: { nps: 2 } }]);
  });
});

describe("nothing is told", () => {
  it("of tests, of an import, of what was taken out of the figures, and of what brings nothing new", async () => {
    const survey = await collector.makeSurvey({ questions: ["nps"] });
    const { id } = await collector.hook(survey, { events: ALL });
    await collector.post(aResponse(survey, { test: true, comment: "try" }));
    const visit = aVisit(survey);
    await visit.begin();
    expect(world.take()).toHaveLength(1);
    await collector.post({ survey, id: visit.id, nps: 3, rev: 1, secret: "A".repeat(22) });
    const one = `/v1/surveys/${survey}/responses/${visit.id}`;
    await collector.ask("PATCH", one, { excluded: true });
    await visit.add({ nps: 4 });
    const old = { id: "o1", created_at: "2024-03-01", nps: 1, comment: "old", respondent: "ann" };
    const lines = [old, { type: "unsubscribe", respondent: "ben" }].map((line) => JSON.stringify(line)).join("\n");
    const imported = { ...ADMIN, "Content-Type": "application/x-ndjson" };
    expect((await collector.request("POST", `/v1/surveys/${survey}/import`, lines, imported)).status).toBe(200);
    await collector.cron();
    await collector.ask("PATCH", one, { tags: ["urgent"], status: "resolved", note: "called", excluded: false });
    expect(world.take()).toEqual([]);
    expect(await collector.deliveries(survey, id)).toHaveLength(1);
  });

  it.each([
    ["erased", (one: string) => collector.ask("DELETE", one)],
    ["taken out of the figures", (one: string) => collector.ask("PATCH", one, { excluded: true })],
    ["of a person who is erased", () => collector.ask("DELETE", "/v1/respondents/zoya")],
  ])("of a response that is %s before the message is sent, and nothing of it is kept", async (_, act) => {
    const survey = await collector.makeSurvey();
    const { id } = await collector.hook(survey);
    const visit = aVisit(survey, { respondent: { id: "zoya" } });
    await visit.begin();
    expect((await act(`/v1/surveys/${survey}/responses/${visit.id}`)).status).toBeLessThan(300);
    collector.clock.now += MINUTE;
    await collector.cron();
    expect(world.take()).toEqual([]);
    expect(await collector.deliveries(survey, id)).toEqual([]);
  });

  it("by a webhook that is off, deleted, or of a deleted survey, and what is deleted leaves no row", async () => {
    const survey = await collector.makeSurvey();
    const ids = [];
    for (let made = 0; made < 3; made++) ids.push((await collector.hook(survey)).id);
    await aVisit(survey).begin();
    await collector.ask("PATCH", collector.hookPath(survey, `/${ids[0]}`), { enabled: false });
    expect((await collector.ask("DELETE", collector.hookPath(survey, `/${ids[1]}`))).status).toBe(204);
    expect((await collector.ask("GET", collector.hookPath(survey, `/${ids[1]}`))).status).toBe(404);
    await collector.ask("DELETE", `/v1/surveys/${survey}`);
    collector.clock.now += MINUTE;
    await collector.cron();
    await collector.cron(crons.deleting);
    await collector.cron(crons.erasing);
    expect(world.take()).toEqual([]);
    expect((await findText(survey)).filter(({ table }) => table !== "audit")).toEqual([]);
  });
});

it("no response is stored without its message, and no message without its response", async () => {
  const survey = await collector.makeSurvey();
  const { id } = await collector.hook(survey);
  const prepare = (sql: string) =>
    env.DB.prepare(
      /INTO webhook_deliveries/.test(sql) ? `SELECT json('{'), ${[...new Set(sql.match(/\?\d+/g))].join(", ")}` : sql,
    );
  const batch = (all: D1PreparedStatement[]) => env.DB.batch(all);
  const failing = aCollector({ secrets: { DB: { prepare, batch } as unknown as D1Database } });
  const response = aResponse(survey);
  expect((await failing.post(response)).status).toBe(500);
  expect(await findText(response.id)).toEqual([]);
  // A survey that changes between the look and the write is looked at once more, so that no webhook is missed.
  const unaware = aCollector();
  const plain = await unaware.makeSurvey({ questions: ["nps"] });
  await unaware.post(aResponse(plain));
  await collector.hook(plain);
  await collector.post(aResponse(plain));
  expect(world.take()).toHaveLength(1);
  expect(await collector.deliveries(survey, id)).toEqual([]);
});

describe("respondent.unsubscribed", () => {
  const events = ["respondent.unsubscribed"];

  it("is told once, by whatever way, with the person's id", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey, { events });
    const post = () => collector.ask("POST", "/v1/unsubscribes", { respondent: "ann", survey });
    await post();
    await post();
    await collector.cron();
    const unsubscribed_at = new Date(NOON).toISOString();
    expect(world.take()).toMatchObject([
      { type: "respondent.unsubscribed", survey, data: { respondent: "ann", survey, source: "api", unsubscribed_at } },
    ]);
    const { unsubscribe_url } = await anInvitation(collector, survey, "own-wish");
    await sendForm(collector, unsubscribe_url, { "List-Unsubscribe": "One-Click" });
    await collector.cron();
    expect(world.take()).toMatchObject([{ data: { respondent: "own-wish", survey: null, source: "link" } }]);
  });

  it("is not told of a person who is erased first, and the queue forgets the name, sent or not", async () => {
    const survey = await collector.makeSurvey();
    await collector.hook(survey, { events });
    await collector.ask("POST", "/v1/unsubscribes", { respondent: "sent@gone.example", survey });
    await collector.cron();
    expect(world.take()).toHaveLength(1);
    await collector.ask("POST", "/v1/unsubscribes", { respondent: "waits@gone.example", survey });
    for (const person of ["sent@gone.example", "waits@gone.example"])
      await collector.ask("DELETE", `/v1/respondents/${encodeURIComponent(person)}`);
    await collector.cron();
    expect(world.take()).toEqual([]);
    expect(await findText("@gone.example")).toEqual([]);
  });
});

describe("score.dropped", () => {
  /** `answers` of each of 28 days before `until` days ago, of which `good` are tens and the others zeros. */
  async function count(survey: string, until: number, { answers, good }: { answers: number; good: number }) {
    for (let ago = until + 1; ago <= until + 28; ago++)
      await env.DB.prepare(
        `INSERT INTO rollups (survey_id, segment, day, value, responses, nps_10, nps_0) VALUES (?1, '', ?2, '', ?3, ?4, ?5)`,
      )
        .bind(survey, new Date(NOON - ago * DAY).toISOString().slice(0, 10), answers, good, answers - good)
        .run();
  }

  async function watched(before: { answers: number; good: number }, after: { answers: number; good: number }) {
    const survey = await collector.makeSurvey();
    await count(survey, 28, before);
    await count(survey, 0, after);
    await collector.hook(survey, { events: ["score.dropped"] });
    return survey;
  }

  async function days(first: number, last: number) {
    for (let day = first; day <= last; day++) {
      collector.clock.now = NOON + day * DAY;
      await collector.cron(crons.erasing);
      await collector.cron();
    }
    return world.take();
  }

  it("tells a fall beyond chance once, with both sides and the interval of the change", async () => {
    const survey = await watched({ answers: 20, good: 15 }, { answers: 20, good: 10 });
    const [told, ...more] = await days(0, 5);
    expect(told).toMatchObject({
      type: "score.dropped",
      survey,
      data: {
        question: "nps",
        before: { from: "2026-09-27", to: "2026-10-24", score: 50, responses: 560 },
        after: { from: "2026-10-25", to: "2026-11-21", score: 0, responses: 560 },
        change: { difference: -50 },
      },
    });
    expect(told.data.change.low).toBeLessThan(-50);
    expect(told.data.change.high).toBeLessThan(0);
    expect(more).toEqual([]);
    expect(webhookMessageShape.parse(told)).toEqual(told);
  });

  it.each([
    ["a fall that chance explains", { answers: 20, good: 11 }, { answers: 20, good: 10 }],
    ["a rise", { answers: 20, good: 10 }, { answers: 20, good: 15 }],
    ["few answers", { answers: 1, good: 1 }, { answers: 1, good: 0 }],
    ["no answers before", { answers: 0, good: 0 }, { answers: 20, good: 0 }],
  ])("tells nothing of %s", async (_, before, after) => {
    await watched(before, after);
    expect(await days(0, 1)).toEqual([]);
  });

  it("tells a further fall after the 28 days of the first", async () => {
    const survey = await watched({ answers: 20, good: 15 }, { answers: 20, good: 10 });
    expect(await days(0, 0)).toHaveLength(1);
    for (let day = 0; day < 28; day++)
      await env.DB.prepare(
        `INSERT INTO rollups (survey_id, segment, day, value, responses, nps_0) VALUES (?1, '', ?2, '', 20, 20)`,
      )
        .bind(survey, new Date(NOON + day * DAY).toISOString().slice(0, 10))
        .run();
    expect(await days(1, 29)).toMatchObject([{ data: { before: { score: 0 }, after: { score: -100 } } }]);
  });
});
