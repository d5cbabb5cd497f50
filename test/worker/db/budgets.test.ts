/** Rows written and read per act, from D1's own meta: a written row costs a thousand read ones. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { aHook, tell } from "../support/inbound.ts";
import { aWorld } from "../support/receivers.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector({ fetch: aWorld().fetch });
  survey = await collector.makeSurvey();
  await collector.post(aResponse(survey));
});

async function cost(act: () => Promise<{ status: number }>, status = 201) {
  collector.rows.reset();
  expect((await act()).status).toBe(status);

  return { written: collector.rows.written, read: collector.rows.read };
}

const aWebhook = (of: string) =>
  collector.request(
    "POST",
    `/v1/surveys/${of}/webhooks`,
    { url: "https://hooks.example/", events: ["response.created"] },
    ADMIN,
  );

function expectWithin(actual: { written: number; read: number }, most: { written: number; read: number }) {
  expect(actual.written).toBeLessThanOrEqual(most.written);
  expect(actual.read).toBeLessThanOrEqual(most.read);
}

describe("rows per act", () => {
  it("a first score on time writes 2 rows and reads 4", async () => {
    expectWithin(await cost(() => collector.post(aResponse(survey))), { written: 2, read: 4 });
  });

  it("a retry writes nothing and reads 4", async () => {
    const response = aResponse(survey, { nps: 3, secret: "s".repeat(22), rev: 1 });
    await collector.post(response);
    expectWithin(await cost(() => collector.post(response), 200), { written: 0, read: 4 });
  });

  it("each declared segment costs one more written and two more read", async () => {
    const segmented = await collector.makeSurvey({ segments: ["plan", "department", "channel"] });
    const properties = { plan: "pro", department: "sales" };
    await collector.post(aResponse(segmented, { properties }));
    expectWithin(await cost(() => collector.post(aResponse(segmented, { properties }))), { written: 5, read: 12 });
  });

  it("the built-in segment of the page costs what any segment does, and a survey that does not declare it nothing", async () => {
    const page = "https://shop.example/orders/17";
    const declared = await collector.makeSurvey({ segments: ["page"] });
    await collector.post(aResponse(declared, { page }));
    expectWithin(await cost(() => collector.post(aResponse(declared, { page }))), { written: 3, read: 6 });
    expectWithin(await cost(() => collector.post(aResponse(survey, { page }))), { written: 2, read: 4 });
  });

  it("a named respondent and a first comment cost one row each", async () => {
    const named = aResponse(survey, { comment: "good", respondent: { id: "ann" } });
    // The respondent's identity is unproven, which has a counter of its own.
    expectWithin(await cost(() => collector.post(named)), { written: 5, read: 6 });
  });

  it("a write more than an hour late costs one row for whoever asks what has changed, and one more on another day", async () => {
    const justInTime = aResponse(survey, { id: anId(NOON - HOUR) });
    expectWithin(await cost(() => collector.post(justInTime)), { written: 2, read: 4 });
    const anHour = aResponse(survey, { id: anId(NOON - HOUR - 1) });
    expectWithin(await cost(() => collector.post(anHour)), { written: 3, read: 6 });
    const late = aResponse(survey, { id: anId(NOON - 2 * DAY) });
    expectWithin(await cost(() => collector.post(late)), { written: 4, read: 6 });
  });

  it("score, second score and comment as three sends write 7 rows in all", async () => {
    const first = aResponse(survey, { nps: 9, rev: 1 });
    const sends = [
      await cost(() => collector.post(first)),
      await cost(() => collector.post({ ...first, csat: 5, rev: 2 }), 200),
      await cost(() => collector.post({ ...first, csat: 5, comment: "quick", rev: 3 }), 200),
    ];
    expect(sends.reduce((sum, send) => sum + send.written, 0)).toBeLessThanOrEqual(7);
  });

  it("an imported response writes 4 rows, and one more each for a person, a comment and a segment", async () => {
    const segmented = await collector.makeSurvey({ segments: ["plan"] });
    const headers = { ...ADMIN, "Content-Type": "application/x-ndjson" };
    const send = (lines: readonly unknown[]) =>
      collector.request(
        "POST",
        `/v1/surveys/${segmented}/import`,
        lines.map((line) => JSON.stringify(line)).join("\n"),
        headers,
      );
    const plain = Array.from({ length: 100 }, (_, at) => ({ id: `a${at}`, created_at: "2024-03-01", nps: 9 }));
    await send([{ ...plain[0], id: "first", properties: { plan: "pro" } }]);
    // The two rows more are the line in the log and its entry by survey.
    expectWithin(await cost(() => send(plain), 200), { written: 4 * 100 + 2, read: 1500 });
    expectWithin(await cost(() => send(plain), 200), { written: 0, read: 1000 });
    const rich = plain.map((line) => ({
      ...line,
      id: `b${line.id}`,
      comment: "x",
      respondent: line.id,
      properties: { plan: "pro" },
    }));
    expectWithin(await cost(() => send(rich), 200), { written: 7 * 100 + 2, read: 2500 });
  });

  it("an event of a hook writes 5 rows for an invitation, and 1 where it brings none", async () => {
    const made = await aHook(collector, await collector.makeSurvey(), {
      when: { pointer: "/status", equals: "closed" },
    });
    const event = (id: number, status = "closed") => ({ id, status, contact: { id: `person-${id}` } });
    await tell(collector, made, event(1));
    // The invitation and its entry by person, the event, and what came last.
    expectWithin(await cost(() => tell(collector, made, event(2)), 202), { written: 5, read: 30 });
    expectWithin(await cost(() => tell(collector, made, event(2)), 202), { written: 1, read: 12 });
    expectWithin(await cost(() => tell(collector, made, event(3, "open")), 202), { written: 1, read: 5 });
  });

  it("a survey without a webhook costs what it did before, whoever else has one", async () => {
    const before = await cost(() => collector.post(aResponse(survey)));
    const other = await collector.makeSurvey();
    await aWebhook(other);
    await collector.post(aResponse(survey));
    expect(await cost(() => collector.post(aResponse(survey)))).toEqual(before);
  });

  it("a survey with a webhook writes 3 rows more for a message, and 5 to send it", async () => {
    const telling = await collector.makeSurvey();
    await aWebhook(telling);
    await collector.post(aResponse(telling));
    // Held for a minute: a row, and its entries by when it is due and by its response.
    const first = aResponse(telling);
    expectWithin(await cost(() => collector.post(first)), { written: 5, read: 12 });
    // What the visitor adds goes into the same message. The comment, which comes last, sends it.
    expectWithin(await cost(() => collector.post({ ...first, csat: 1 }), 200), { written: 2, read: 14 });
    expectWithin(await cost(() => collector.post({ ...first, csat: 1, comment: "slow" }), 200), {
      written: 12,
      read: 40,
    });
  });

  it("triage writes 3 rows, one more where somebody takes care of the response, and two more to count an answer", async () => {
    const sent = aResponse(survey, { nps: 2 });
    await collector.post(sent);
    const patch = (body: object) => () =>
      collector.request("PATCH", `/v1/surveys/${survey}/responses/${sent.id}`, body, ADMIN);
    const written = async (body: object) => (await cost(patch(body), 200)).written;
    const rows = [];
    for (const body of [
      { tags: ["call"] },
      { status: "in_work" },
      { assignee: "Olena" },
      { answered: true },
      { status: "resolved" },
      { status: "resolved", answered: true, assignee: "Olena" },
    ])
      rows.push(await written(body));
    expect(rows).toEqual([3, 3, 4, 6, 4, 0]);
  });

  it("a refused response writes nothing", async () => {
    expectWithin(await cost(() => collector.post({ survey, id: anId(), nps: 11 }), 422), { written: 0, read: 0 });
  });
});

describe("rows per reading", () => {
  async function reading(responses: number) {
    const read = aCollector();
    const id = await read.makeSurvey();
    const days = JSON.stringify(Array.from({ length: responses }, (_, index) => index));
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment,
         comment_at, channel)
       SELECT ?1, printf('%08x', value), ?2, date(?2 / 1000, 'unixepoch', '-' || (value % 90) || ' days'), ?2, ?2,
         date(?2 / 1000, 'unixepoch', '-' || (value % 90) || ' days'), value % 11, 'text', ?2 + value, 'page'
       FROM json_each(?3)`,
    )
      .bind(id, NOON, days)
      .run();
    read.rows.reset();
    expect((await read.get(`/v1/surveys/${id}/metrics?interval=day`)).status).toBe(200);
    const metrics = read.rows.read;
    read.rows.reset();
    expect((await read.get(`/v1/surveys/${id}/comments`)).status).toBe(200);
    return { metrics, comments: read.rows.read, written: read.rows.written };
  }

  it("90 days of metrics read at most 100 rows, and as many at 1,000 responses as at 10,000", async () => {
    const few = await reading(1_000);
    const many = await reading(10_000);
    expect(few.metrics).toBeLessThanOrEqual(100);
    // SQLite finds the end of a range by reading the row behind it, if there is one.
    expect(Math.abs(many.metrics - few.metrics)).toBeLessThanOrEqual(1);
    expect(few.written + many.written).toBe(0);
  });

  it("cases cost metrics one row more for each day on which somebody was answered, however many were", async () => {
    const read = aCollector();
    const id = await read.makeSurvey();
    const days = JSON.stringify(Array.from({ length: 1000 }, (_, index) => index));
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
       SELECT ?1, printf('%08x', value), ?2, date(?2 / 1000, 'unixepoch', '-' || (value % 90) || ' days'), ?2, ?2,
         date(?2 / 1000, 'unixepoch', '-' || (value % 90) || ' days'), 1, 'page' FROM json_each(?3)`,
    )
      .bind(id, NOON, days)
      .run();
    await env.DB.prepare("UPDATE responses SET replied_at = created_at + 60000 WHERE survey_id = ?").bind(id).run();
    read.rows.reset();
    const { body } = await read.get(`/v1/surveys/${id}/metrics?interval=day`);
    expect(body.cases).toMatchObject({ unhappy: 1000, answered: { count: 1000 } });
    expect(read.rows.read).toBeLessThanOrEqual(190);
  });

  it("a page of 20 comments reads at most 60 rows however many there are", async () => {
    expect((await reading(1_000)).comments).toBeLessThanOrEqual(60);
    expect((await reading(10_000)).comments).toBeLessThanOrEqual(60);
  });

  it("an unchanged survey is answered 304 from one row, its newest total, wherever it was read before", async () => {
    const { headers } = await collector.get(`/v1/surveys/${survey}/metrics`);
    const tag = headers.get("ETag") ?? "";
    collector.rows.reset();
    const again = await collector.get(`/v1/surveys/${survey}/metrics`, { ...ADMIN, "If-None-Match": tag });
    expect(again.status).toBe(304);
    expect(collector.rows.read).toBe(1);
  });
});
