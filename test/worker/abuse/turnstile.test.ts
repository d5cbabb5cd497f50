import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON, withoutSecret } from "../support/collector.ts";

const SITE_KEY = "1x00000000000000000000AA";
type Question = { secret: string; response: string; idempotency_key: string };

/** Cloudflare's side: `good` begins a person's token, which is valid for the first response that it comes with. */
let asked: Question[];
let answer: () => Response | null;
const spent = new Map<string, string>();

const siteverify = (async (_url: unknown, init?: RequestInit) => {
  const question = JSON.parse(String(init?.body)) as Question;
  asked.push(question);
  const other = answer();
  if (other) return other;
  const first = spent.get(question.response) ?? question.idempotency_key;
  spent.set(question.response, first);
  const success = question.response.startsWith("good") && first === question.idempotency_key;
  return Response.json({ success, "error-codes": success ? [] : ["invalid-input-response"] });
}) as typeof fetch;

const collector = aCollector({ fetch: siteverify, secrets: { TURNSTILE_SECRET: "cf-secret" } });

beforeEach(() => {
  asked = [];
  answer = () => null;
  spent.clear();
});

async function stored(id: string): Promise<boolean> {
  return (await env.DB.prepare("SELECT 1 FROM responses WHERE id = ?").bind(id).first()) !== null;
}

it("a survey that does not ask for it asks nobody", async () => {
  const survey = await collector.makeSurvey();
  expect((await collector.post(aResponse(survey, { turnstile: "bad" }))).status).toBe(201);
  expect(asked).toEqual([]);
});

it("lets a response in with a good token, asking with its id and without the visitor's address", async () => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  const response = aResponse(survey, { turnstile: "good 1" });
  expect(
    (await collector.post(response, { Origin: "https://a.example", "CF-Connecting-IP": "203.0.113.9" })).status,
  ).toBe(201);
  expect(asked).toEqual([{ secret: "cf-secret", response: "good 1", idempotency_key: response.id }]);
});

it.each([
  ["none", undefined, 403, "challenge_required"],
  ["a made-up one", "bad", 403, "challenge_required"],
  ["an endless one", "x".repeat(3000), 422, "invalid"],
])("refuses %s and writes nothing", async (_, turnstile, status, code) => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  const response = aResponse(survey, turnstile ? { turnstile } : {});
  collector.rows.reset();
  const reply = await collector.post(response);
  expect(reply).toMatchObject({ status, body: { code } });
  expect(collector.rows.written).toBe(0);
  // A page may have an hour-old loader, which learns the site key for its token from the refusal.
  expect(reply.body.site_key).toBe(status === 403 ? SITE_KEY : undefined);
});

it("tells a device whose clock is off to make its id anew before it spends a token", async () => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  const response = aResponse(survey, { id: anId(NOON - 30 * DAY), turnstile: "good 5" });
  expect(await collector.post(withoutSecret(response))).toMatchObject({ status: 422, body: { code: "clock_skew" } });
  expect(asked).toEqual([]);
});

it("one token is good for one response, for its retry and for its later sends", async () => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  const response = aResponse(survey, { turnstile: "good 2", secret: "s".repeat(22), rev: 1 });
  expect((await collector.post(response)).status).toBe(201);
  expect((await collector.post(response)).status).toBe(200);
  const { turnstile: _, ...later } = response;
  expect((await collector.post({ ...later, comment: "slow", rev: 2 })).status).toBe(200);
  expect((await collector.post(aResponse(survey, { turnstile: "good 2" }))).status).toBe(403);
  expect(asked).toHaveLength(2);
});

it.each([
  ["is down", () => new Response("no", { status: 500 })],
  ["says nonsense", () => new Response("<html>")],
  [
    "cannot be reached",
    () => {
      throw new TypeError("network");
    },
  ],
  ["says yes in another form", () => Response.json({ success: "true" })],
])("stays shut when Cloudflare %s", async (_, reply) => {
  answer = reply as () => Response;
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  const response = aResponse(survey, { turnstile: "good 3" });
  expect([403, 503]).toContain((await collector.post(response)).status);
  expect(await stored(response.id)).toBe(false);
});

it("stays shut, and says why, when the operator forgot the secret", async () => {
  const forgetful = aCollector({ fetch: siteverify });
  const survey = await forgetful.makeSurvey({ turnstile: SITE_KEY });
  const reply = await forgetful.post(aResponse(survey, { turnstile: "good 4" }));
  expect(reply).toMatchObject({ status: 503, body: { detail: expect.stringContaining("TURNSTILE_SECRET") } });
});

it("holds from the moment that it is switched on, also where the survey was remembered without it", async () => {
  const survey = await collector.makeSurvey();
  expect((await collector.post(aResponse(survey))).status).toBe(201);
  await collector.request("PATCH", `/v1/surveys/${survey}`, { turnstile: SITE_KEY }, ADMIN);
  expect((await collector.post(aResponse(survey))).status).toBe(403);
});

it("asks nothing of a key that may write", async () => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  expect((await collector.post(aResponse(survey), ADMIN)).status).toBe(201);
  expect(asked).toEqual([]);
});

it("tells the widget the site key and nobody the secret", async () => {
  const survey = await collector.makeSurvey({ turnstile: SITE_KEY });
  expect((await collector.get(`/v1/surveys/${survey}`)).text).not.toContain("cf-secret");
});
