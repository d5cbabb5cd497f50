import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON, SECRET, withoutSecret } from "../support/collector.ts";
import { meddling } from "../support/meddling.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

async function stored(id: string): Promise<Record<string, unknown> | null> {
  return env.DB.prepare("SELECT * FROM responses WHERE id = ?").bind(id).first();
}

describe("storing", () => {
  it("stores a tap and says when", async () => {
    const response = aResponse(survey, { nps: 0 });
    const reply = await collector.post(response);
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: response.id,
      created_at: "2026-11-22T12:00:00.000Z",
      updated_at: "2026-11-22T12:00:00.000Z",
    });
    expect(await stored(response.id)).toMatchObject({ nps: 0, csat: null, day: "2026-11-22", channel: "page" });
  });

  it("stores a retried response once", async () => {
    const response = aResponse(survey, { nps: 9, rev: 1 });
    const first = await collector.post(response);
    const again = await Promise.all([collector.post(response), collector.post(response)]);
    expect(again.map((reply) => reply.status)).toEqual([200, 200]);
    expect(again[0]?.body).toEqual(first.body);
    await expectRecountAgrees(survey);
  });

  it("stores one response when the same one comes ten times at once", async () => {
    const response = aResponse(survey, { nps: 5 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => collector.post(response)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([...Array(9).fill(200), 201]);
    await expectRecountAgrees(survey);
  });

  it("sets the fields present and keeps the absent ones", async () => {
    const response = aResponse(survey, { nps: 9, properties: { plan: "pro" }, locale: "uk-UA" });
    await collector.post(response);
    const reply = await collector.post({ survey, id: response.id, secret: SECRET, csat: 4, comment: "добре" });
    expect(reply.status).toBe(200);
    expect(await stored(response.id)).toMatchObject({
      nps: 9,
      csat: 4,
      comment: "добре",
      properties: '{"plan":"pro"}',
      locale: "uk-UA",
    });
  });

  it.each([" ", "\n\t", "\u00a0\u2003", "\u200b\u00ad", "\u202e", "\ufeff\u3000", "\u3164", "\u0000"])(
    "takes a comment of blanks (%j) for none: no answer at first, taken back later",
    async (blanks) => {
      const alone = await collector.post(aResponse(survey, { comment: blanks }));
      expect(alone.body).toMatchObject({ status: 422, code: "no_answer" });
      const response = aResponse(survey, { nps: 9, comment: blanks });
      await collector.post(response);
      expect(await stored(response.id)).toMatchObject({ nps: 9, comment: null, comment_at: null, folded: null });
      await collector.post({ survey, id: response.id, comment: "something" });
      await collector.post({ survey, id: response.id, comment: blanks });
      expect(await stored(response.id)).toMatchObject({ comment: null, comment_at: null, folded: null });
      await expectRecountAgrees(survey);
    },
  );

  it("takes a comment back on an empty one, and a later one is new to readers", async () => {
    const response = aResponse(survey, { nps: 9, comment: "typo" });
    await collector.post(response);
    await collector.post({ survey, id: response.id, secret: SECRET, comment: "" });
    expect(await stored(response.id)).toMatchObject({ comment: null, comment_at: null });
    await expectRecountAgrees(survey);
  });

  it("takes the same properties in another order as the same", async () => {
    const response = aResponse(survey, { properties: { a: 1, b: "x" } });
    const first = await collector.post(response);
    const again = await collector.post({ ...response, properties: { b: "x", a: 1 } });
    expect(again.body.updated_at).toBe(first.body.updated_at);
  });

  it("accepts text/plain, which needs no preflight", async () => {
    const body = JSON.stringify(aResponse(survey));
    const reply = await collector.post(body, { "Content-Type": "text/plain;charset=UTF-8" });
    expect(reply.status).toBe(201);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  it("cuts query and fragment off the page's address", async () => {
    const response = aResponse(survey, { page: "https://shop.example/a?email=ann@shop.example#token" });
    await collector.post(response);
    expect(await stored(response.id)).toMatchObject({ page: "https://shop.example/a" });
  });

  it("never counts a test response", async () => {
    const own = await collector.makeSurvey();
    expect((await collector.post(aResponse(own, { nps: 0, comment: "try", test: true }))).status).toBe(201);
    expect((await collector.get(`/v1/surveys/${own}/metrics`)).body).toMatchObject({ responses: 0, nps: null });
    expect((await collector.get(`/v1/surveys/${own}/comments`)).body).toEqual({ items: [], next: null });
    await expectRecountAgrees(own);
  });
});

describe("order", () => {
  it("ignores a send that is older than what is stored", async () => {
    const response = aResponse(survey, { nps: 9, rev: 3 });
    await collector.post(response);
    const late = await collector.post({ ...response, nps: 2, rev: 2 });
    expect(late.status).toBe(200);
    expect(await stored(response.id)).toMatchObject({ nps: 9, rev: 3 });
  });

  it("remembers the newest rev even when it brings nothing else, so that an older one stays out", async () => {
    const response = aResponse(survey, { nps: 9, rev: 1 });
    await collector.post(response);
    await collector.post({ ...response, rev: 3 });
    await collector.post({ ...response, nps: 1, rev: 2 });
    expect(await stored(response.id)).toMatchObject({ nps: 9, rev: 3 });
  });
});

describe("who may change it", () => {
  it("refuses another secret, and none at all, with not_yours", async () => {
    const response = aResponse(survey, { nps: 9 });
    await collector.post(response);
    for (const stranger of [
      { ...response, secret: "B".repeat(22), nps: 0 },
      { ...withoutSecret(response), nps: 0 },
    ]) {
      const reply = await collector.post(stranger);
      expect(reply.status).toBe(403);
      expect(reply.body.code).toBe("not_yours");
    }
    expect(await stored(response.id)).toMatchObject({ nps: 9 });
  });

  it("keeps only a hash of the secret", async () => {
    const response = aResponse(survey);
    await collector.post(response);
    expect(JSON.stringify(await stored(response.id))).not.toContain(SECRET);
  });

  it("may be changed for 24 hours, then answers closed, and a repeat is still 200", async () => {
    const own = aCollector();
    const response = aResponse(survey, { nps: 9 });
    await own.post(response);
    own.clock.now = NOON + 24 * HOUR;
    expect((await own.post({ ...response, nps: 8 })).status).toBe(200);
    own.clock.now = NOON + 24 * HOUR + 1;
    const closed = await own.post({ ...response, nps: 7 });
    expect(closed.status).toBe(409);
    expect(closed.body.code).toBe("closed");
    own.clock.now = NOON + 400 * DAY;
    expect((await own.post({ ...response, nps: 8 })).status).toBe(200);
    expect(await stored(response.id)).toMatchObject({ nps: 8 });
  });
});

describe("clocks", () => {
  it.each([
    ["7 days back", -7 * DAY, 201, "2026-11-15T12:00:00.000Z"],
    ["10 minutes ahead, taken as now", 600_000, 201, "2026-11-22T12:00:00.000Z"],
    ["7 days and a second back", -7 * DAY - 1000, 422, undefined],
    ["10 minutes and a second ahead", 601_000, 422, undefined],
  ])("an id from %s", async (_, offset, status, createdAt) => {
    const reply = await collector.post(withoutSecret(aResponse(survey, { id: anId(NOON + offset) })));
    expect(reply.status).toBe(status);
    expect(reply.body.created_at).toBe(createdAt);
    if (status === 422)
      expect(reply.body).toMatchObject({
        code: "clock_skew",
        now: "2026-11-22T12:00:00.000Z",
        errors: [{ pointer: "/id" }],
        detail: expect.stringMatching(/more than 7 days back or 10 minutes ahead .* by the import: POST/),
      });
  });

  it("an older answer is refused from whoever sends it, for it is for the import", async () => {
    const response = aResponse(survey, { id: anId(NOON - 30 * DAY) });
    expect((await collector.post(response, ADMIN)).body).toMatchObject({ code: "clock_skew" });
  });

  it("books a response on the day of its own time in the survey's zone", async () => {
    const kiritimati = await collector.makeSurvey({ timezone: "Pacific/Kiritimati" });
    const response = aResponse(kiritimati, { id: anId(NOON) });
    await collector.post(response);
    expect(await stored(response.id)).toMatchObject({ day: "2026-11-23" });
  });

  it("books no change on a day that is already past when the survey moves west", async () => {
    const moving = await collector.makeSurvey({ timezone: "Pacific/Kiritimati" });
    await collector.post(aResponse(moving));
    await collector.request("PATCH", `/v1/surveys/${moving}`, { timezone: "UTC" }, ADMIN);
    const before = (await collector.get(`/v1/surveys/${moving}/metrics`)).headers.get("ETag");
    await collector.post(aResponse(moving));
    expect((await collector.get(`/v1/surveys/${moving}/metrics`)).headers.get("ETag")).not.toBe(before);
    await expectRecountAgrees(moving);
  });
});

describe("origins", () => {
  it("stores from listed origins only, and tells which one was refused", async () => {
    const closed = await collector.makeSurvey({ origins: ["https://shop.example", "https://*.shop.example"] });
    const from = (origin: string | null) => collector.post(aResponse(closed), origin ? { Origin: origin } : {});
    expect((await from("https://shop.example")).status).toBe(201);
    expect((await from("https://www.shop.example")).status).toBe(201);
    for (const origin of [
      "https://shop.example.evil.example",
      "http://shop.example",
      "https://evilshop.example",
      "null",
    ]) {
      const reply = await from(origin);
      expect(reply.status).toBe(403);
      expect(reply.body.code).toBe("origin_not_allowed");
      expect(reply.body.detail).toContain(origin);
      expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    }
    expect((await from(null)).status).toBe(403);
  });

  it("lets a server with a write key send from anywhere, counted as api", async () => {
    const closed = await collector.makeSurvey({ origins: ["https://shop.example"] });
    const response = aResponse(closed);
    expect((await collector.post(response, ADMIN)).status).toBe(201);
    expect(await stored(response.id)).toMatchObject({ channel: "api" });
    expect((await collector.post(aResponse(closed), { Authorization: "Bearer wrong" })).status).toBe(401);
  });

  it("learns at once of an origin that the owner has just added", async () => {
    const closed = await collector.makeSurvey({ origins: ["https://shop.example"] });
    const elsewhere = { Origin: "https://new.example" };
    expect((await collector.post(aResponse(closed), elsewhere)).status).toBe(403);
    // The test writes to the database itself, as another isolate would.
    await env.DB.prepare(
      "UPDATE surveys SET settings = json_set(settings, '$.origins', json('[]')), version = 2 WHERE id = ?",
    )
      .bind(closed)
      .run();
    expect((await collector.post(aResponse(closed), elsewhere)).status).toBe(201);
    await env.DB.prepare(
      "UPDATE surveys SET settings = json_set(settings, '$.segments', json('[\"plan\"]')), version = 3 WHERE id = ?",
    )
      .bind(closed)
      .run();
    const response = aResponse(closed, { properties: { plan: "pro" } });
    expect((await collector.post(response, elsewhere)).status).toBe(201);
    expect(await stored(response.id)).toMatchObject({ segments: '{"plan":"pro"}' });
  });

  it("paused and ended surveys still store what was already asked", async () => {
    const over = await collector.makeSurvey({ paused: true, ends_at: "2026-01-01T00:00:00Z" });
    expect((await collector.post(aResponse(over))).status).toBe(201);
  });
});

describe("while the owner changes the settings, a response", () => {
  it.each([1, 2, 3])("is stored and later changed, %i changes in mid-write notwithstanding", async (times) => {
    const response = aResponse(survey, { nps: 3, rev: 1 });
    const send = (body: object) => aCollector({ secrets: { DB: meddling(times).database } }).post(body);
    await collector.post(aResponse(survey));
    expect((await send(response)).status).toBe(201);
    expect((await send({ ...response, properties: { plan: "pro" }, rev: 2 })).status).toBe(200);
    expect(await stored(response.id)).toMatchObject({ nps: 3, properties: '{"plan":"pro"}' });
  });

  it("is asked for again where they do not come to rest, and is stored then", async () => {
    const { database, rest } = meddling(Number.POSITIVE_INFINITY);
    const restless = aCollector({ secrets: { DB: database } });
    const response = aResponse(survey);
    const refused = await restless.post(response);
    expect(refused).toMatchObject({ status: 503, body: { code: "overloaded" } });
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(await stored(response.id)).toBeNull();
    rest();
    expect((await restless.post(response)).status).toBe(201);
  });
});

describe("segments", () => {
  it("counts by declared, crossed and built-in segments, and follows changed properties", async () => {
    const own = await collector.makeSurvey({ segments: ["plan", "plan×department", "language", "device", "channel"] });
    const response = aResponse(own, { properties: { plan: "pro", department: "sales" }, locale: "uk-UA" });
    const phone = { Origin: "https://a.example", "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile" };
    await collector.post(response, phone);
    expect(JSON.parse(String((await stored(response.id))?.segments))).toEqual({
      plan: "pro",
      "plan×department": "pro×sales",
      language: "uk",
      device: "phone",
      channel: "page",
    });
    await collector.post({ ...response, properties: { plan: "free", department: null } }, phone);
    expect(JSON.parse(String((await stored(response.id))?.segments))).toEqual({
      plan: "free",
      language: "uk",
      device: "phone",
      channel: "page",
    });
    await expectRecountAgrees(own);
  });

  it("marks an unproven respondent", async () => {
    const response = aResponse(survey, { respondent: { id: "ann" } });
    await collector.post(response);
    expect(await stored(response.id)).toMatchObject({ segments: '{"unverified":"true"}', respondent_verified: 0 });
    await expectRecountAgrees(survey);
  });

  it("counts the hundred-and-first value and all later ones under the rest", async () => {
    const own = await collector.makeSurvey({ segments: ["plan"] });
    for (let value = 0; value < 103; value++)
      await collector.post(aResponse(own, { properties: { plan: `p${value}` } }));
    await collector.post(aResponse(own, { properties: { plan: "p7" } }));
    const { results } = await env.DB.prepare(
      "SELECT value, responses FROM rollups WHERE survey_id = ? AND segment = 'plan' AND responses > 1 ORDER BY value",
    )
      .bind(own)
      .all();
    expect(results).toEqual([
      { value: "\u001f", responses: 3 },
      { value: "p7", responses: 2 },
    ]);
    await expectRecountAgrees(own);
  });
});

describe("spam and erasure", () => {
  it("takes a response out of the figures and puts it back", async () => {
    const own = await collector.makeSurvey({ segments: ["plan"] });
    const response = aResponse(own, { nps: 0, comment: "spam", properties: { plan: "x" } });
    await collector.post(response);
    const path = `/v1/surveys/${own}/responses/${response.id}`;
    expect((await collector.request("PATCH", path, { excluded: true }, ADMIN)).status).toBe(200);
    expect((await collector.get(`/v1/surveys/${own}/metrics`)).body).toMatchObject({
      responses: 0,
      nps: null,
      comments: 0,
    });
    await expectRecountAgrees(own);
    await collector.post({ ...response, nps: 10 });
    await expectRecountAgrees(own);
    await collector.request("PATCH", path, { excluded: false }, ADMIN);
    expect((await collector.get(`/v1/surveys/${own}/metrics`)).body).toMatchObject({
      responses: 1,
      nps: { score: 100 },
    });
    await expectRecountAgrees(own);
  });

  it("says 404 for a response that the survey does not have", async () => {
    const reply = await collector.request(
      "PATCH",
      `/v1/surveys/${survey}/responses/${anId()}`,
      { excluded: true },
      ADMIN,
    );
    expect(reply.status).toBe(404);
  });
});
