/** Every act on people, keys and settings has one line in the log, written in the act's own transaction. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { loggedReads } from "../../../worker/http/audit.ts";
import { rules } from "../access/rules.ts";
import { findText, tables } from "../privacy/dump.ts";
import { ADMIN, aCollector, anId, aResponse } from "../support/collector.ts";
import { anInvitation, invitePeople, sendForm } from "../support/links.ts";
import { aWorld } from "../support/receivers.ts";

/** What exists when an act is tried, all of one survey. */
type Place = Record<"survey" | "response" | "invitation" | "key" | "signingKey" | "webhook" | "delivery", string>;
type Sent = { path: string; body?: unknown; headers?: Record<string, string> };
type Case = { sent: (place: Place) => Sent; shows: Partial<AuditItem>; nothing?: (place: Place) => Sent };

const HOOK = "https://hooks.example/confidence";
const OUR_PAGE = { Origin: "http://localhost" };
const of = (rest: string) => (place: Place) => ({ path: `/v1/surveys/${place.survey}${rest}` });
const delighted = (rest: string) => (place: Place) => ({ path: `/delighted/${place.survey}/v1${rest}` });
const one = (place: Place) => `/v1/surveys/${place.survey}/responses/${place.response}`;

/** By route; `nothing`: the same request where it changes nothing. */
const cases: Record<string, Case> = {
  "POST /v1/responses": {
    sent: ({ survey }) => ({ path: "/v1/responses", body: aResponse(survey) }),
    shows: { target: expect.stringMatching(/^[0-9a-f-]{36}$/), count: 1 },
    nothing: ({ survey, response }) => ({ path: "/v1/responses", body: { survey, id: response, nps: 9 } }),
  },
  "POST /v1/session": {
    sent: () => ({ path: "/v1/session", body: { key: "test-admin-token" }, headers: OUR_PAGE }),
    shows: { survey: null },
    nothing: () => ({ path: "/v1/session", body: { key: "wrong" }, headers: OUR_PAGE }),
  },
  "DELETE /v1/session/all": { sent: () => ({ path: "/v1/session/all" }), shows: { survey: null } },
  "POST /v1/session/codes": { sent: () => ({ path: "/v1/session/codes" }), shows: { survey: null } },
  "POST /v1/keys": {
    sent: ({ survey }) => ({ path: "/v1/keys", body: { name: "x", scope: "metrics", survey } }),
    shows: { detail: ["metrics"] },
    nothing: () => ({ path: "/v1/keys", body: { name: "x", scope: "root" } }),
  },
  "DELETE /v1/keys/:key": {
    sent: ({ key }) => ({ path: `/v1/keys/${key}` }),
    shows: { count: 1 },
    nothing: () => ({ path: "/v1/keys/nosuchkeyhere" }),
  },
  "DELETE /v1/respondents": {
    sent: () => ({ path: "/v1/respondents?respondent=ann" }),
    shows: { survey: null, respondent: null, target: null, count: 2 },
    nothing: () => ({ path: "/v1/respondents?respondent=nobody" }),
  },
  "GET /v1/respondents": {
    sent: () => ({ path: "/v1/respondents?respondent=ann" }),
    shows: { survey: null, respondent: "ann", target: null, count: null },
  },
  "DELETE /v1/respondents/:respondent": {
    sent: () => ({ path: "/v1/respondents/ann" }),
    // The response, and the invitation that nobody answered.
    shows: { survey: null, respondent: null, target: null, count: 2 },
    nothing: () => ({ path: "/v1/respondents/nobody" }),
  },
  "GET /v1/respondents/:respondent": {
    sent: () => ({ path: "/v1/respondents/ann" }),
    shows: { survey: null, respondent: "ann", target: null, count: null },
  },
  "GET /v1/surveys/:survey/responses": {
    sent: (place) => ({ ...of("/responses")(place), headers: { Accept: "text/csv" } }),
    shows: { detail: ["csv"], respondent: null, count: null },
    nothing: of("/responses"),
  },
  "GET /v1/surveys/:survey/comments": {
    sent: of("/comments?respondent=ann"),
    shows: { respondent: "ann", count: null },
    nothing: of("/comments"),
  },
  "POST /v1/surveys": {
    sent: () => ({ path: "/v1/surveys", body: { name: "Shop" } }),
    shows: { survey: expect.stringMatching(/^srv_/) },
    nothing: () => ({ path: "/v1/surveys", body: { nom: "Shop" } }),
  },
  "PATCH /v1/surveys/:survey": {
    sent: (place) => ({ ...of("")(place), body: { paused: true, brand: "x" } }),
    shows: { detail: ["brand", "paused"] },
    nothing: (place) => ({ ...of("")(place), body: { paused: 7 } }),
  },
  "DELETE /v1/surveys/:survey": { sent: of(""), shows: {}, nothing: () => ({ path: "/v1/surveys/srv_nosuchsurvey0" }) },
  "POST /v1/surveys/:survey/signing-keys": {
    sent: (place) => ({ ...of("/signing-keys")(place), body: { use: "links" } }),
    shows: { detail: ["links"], count: 1 },
  },
  "DELETE /v1/surveys/:survey/signing-keys/:key": {
    sent: (place) => of(`/signing-keys/${place.signingKey}`)(place),
    shows: { count: 1 },
    nothing: of("/signing-keys/nothing"),
  },
  "POST /v1/surveys/:survey/webhooks": {
    sent: (place) => ({ ...of("/webhooks")(place), body: { url: HOOK, events: ["comment.created"] } }),
    shows: { target: expect.stringMatching(/^whk_/), detail: ["comment.created"], count: 1 },
    nothing: (place) => ({
      ...of("/webhooks")(place),
      body: { url: "https://10.0.0.1/", events: ["comment.created"] },
    }),
  },
  "PATCH /v1/surveys/:survey/webhooks/:webhook": {
    sent: (place) => ({ ...of(`/webhooks/${place.webhook}`)(place), body: { enabled: false, url: `${HOOK}2` } }),
    shows: { detail: ["enabled", "url"], count: 1 },
    nothing: (place) => ({ ...of(`/webhooks/${place.webhook}`)(place), body: { url: HOOK } }),
  },
  "DELETE /v1/surveys/:survey/webhooks/:webhook": {
    sent: (place) => of(`/webhooks/${place.webhook}`)(place),
    shows: { count: 1 },
    nothing: of("/webhooks/nothing"),
  },
  "POST /v1/surveys/:survey/webhooks/:webhook/secret": {
    sent: (place) => of(`/webhooks/${place.webhook}/secret`)(place),
    shows: { target: expect.stringMatching(/^whk_/), count: 1 },
    nothing: of("/webhooks/nothing/secret"),
  },
  "POST /v1/surveys/:survey/webhooks/:webhook/test": {
    sent: (place) => of(`/webhooks/${place.webhook}/test`)(place),
    shows: { target: expect.stringMatching(/^whk_/), count: 1 },
    nothing: of("/webhooks/nothing/test"),
  },
  "POST /v1/surveys/:survey/webhooks/:webhook/deliveries/:delivery/redeliver": {
    sent: (place) => of(`/webhooks/${place.webhook}/deliveries/${place.delivery}/redeliver`)(place),
    shows: { target: expect.stringMatching(/^msg_/), count: 1 },
    nothing: (place) => of(`/webhooks/${place.webhook}/deliveries/nothing/redeliver`)(place),
  },
  "POST /v1/surveys/:survey/invitations": {
    sent: (place) => ({ ...of("/invitations")(place), body: { respondents: [{ id: "b" }, { id: "c" }, { id: "d" }] } }),
    shows: { target: null, respondent: null, count: 3 },
    // This person was invited already and may not be invited again so soon.
    nothing: (place) => ({ ...of("/invitations")(place), body: { respondents: [{ id: "ann" }] } }),
  },
  "DELETE /v1/surveys/:survey/invitations/:invitation": {
    sent: (place) => of(`/invitations/${place.invitation}`)(place),
    shows: { count: 1 },
    nothing: (place) => of(`/invitations/${anId()}`)(place),
  },
  "GET /v1/surveys/:survey/archive": { sent: of("/archive"), shows: { target: null, count: null } },
  "POST /v1/surveys/:survey/import": {
    sent: (place) => ({
      ...of("/import?source=old+tool")(place),
      body: `{"created_at":"2024-03-01","nps":9,"comment":"a word in confidence"}\n{"created_at":"2024-03-01","nps":9}`,
      headers: { "Content-Type": "application/x-ndjson" },
    }),
    shows: { target: null, respondent: null, detail: ["lines: 2", "source: old tool"], count: 2 },
    nothing: (place) => ({
      ...of("/import")(place),
      body: { created_at: "2024-03-01", nps: 11 },
      headers: { "Content-Type": "application/x-ndjson" },
    }),
  },
  "POST /v1/unsubscribes": {
    sent: ({ survey }) => ({ path: "/v1/unsubscribes", body: { respondent: "ann", survey } }),
    shows: { respondent: "ann", target: null, count: 1 },
    nothing: ({ survey }) => ({ path: "/v1/unsubscribes", body: { respondent: "gone", survey } }),
  },
  "DELETE /v1/unsubscribes": {
    sent: ({ survey }) => ({ path: `/v1/unsubscribes?respondent=gone&survey=${survey}` }),
    shows: { respondent: "gone", target: null, count: 1 },
    nothing: ({ survey }) => ({ path: `/v1/unsubscribes?respondent=nobody&survey=${survey}` }),
  },
  "PATCH /v1/surveys/:survey/responses/:response": {
    sent: (place) => ({
      path: one(place),
      body: { tags: ["urgent"], status: "resolved", note: "a word in confidence" },
    }),
    shows: { detail: ["note", "status", "tags"], count: 1 },
    nothing: (place) => ({ path: one(place), body: { tags: [] } }),
  },
  "DELETE /v1/surveys/:survey/responses/:response": {
    sent: (place) => ({ path: one(place) }),
    shows: { detail: ["erased"], count: 1 },
    nothing: (place) => of(`/responses/${anId()}`)(place),
  },
  "POST /delighted/:survey/v1/survey_responses": {
    sent: (place) => ({
      ...delighted("/survey_responses")(place),
      body: { person: "ann", score: 9, tags: ["urgent"] },
    }),
    shows: { target: expect.stringMatching(/^[0-9a-f-]{36}$/), count: 2 },
    nothing: (place) => ({ ...delighted("/survey_responses")(place), body: { person: "ann", score: 11 } }),
  },
  "PUT /delighted/:survey/v1/survey_responses": {
    sent: (place) => ({
      ...delighted("/survey_responses")(place),
      body: { id: place.response, notes: [{ text: "a word in confidence" }] },
    }),
    shows: { target: expect.stringMatching(/^[0-9a-f-]{36}$/), detail: ["note"], count: 1 },
    nothing: (place) => ({ ...delighted("/survey_responses")(place), body: { id: place.response, score: 9 } }),
  },
  "PUT /delighted/:survey/v1/survey_responses/:response": {
    sent: (place) => ({ ...delighted(`/survey_responses/${place.response}`)(place), body: { tags: ["urgent"] } }),
    shows: { detail: ["tags"], count: 1 },
    nothing: (place) => ({ ...delighted(`/survey_responses/${place.response}`)(place), body: { score: 3 } }),
  },
  "GET /delighted/:survey/v1/survey_responses": {
    sent: delighted("/survey_responses?person_email=ann"),
    shows: { respondent: "ann", target: null, count: null },
    nothing: delighted("/survey_responses"),
  },
  "GET /delighted/:survey/v1/people": {
    sent: delighted("/people?email=ann"),
    shows: { respondent: "ann", target: null, count: null },
    nothing: delighted("/people"),
  },
  "GET /delighted/:survey/v1/people/:person": {
    sent: delighted("/people/ann"),
    shows: { respondent: "ann", target: null, count: null },
  },
  "POST /delighted/:survey/v1/people": {
    sent: (place) => ({ ...delighted("/people")(place), body: { email: "new@shop.example" } }),
    shows: { target: null, respondent: null, count: 1 },
    nothing: (place) => ({ ...delighted("/people")(place), body: { email: "new@shop.example", send: false } }),
  },
  "DELETE /delighted/:survey/v1/people/:person": {
    sent: delighted("/people/email:ann"),
    shows: { respondent: null, target: null, count: 2 },
    nothing: delighted("/people/nobody"),
  },
  "DELETE /delighted/:survey/v1/people/:person/survey_requests/pending": {
    sent: delighted("/people/ann/survey_requests/pending"),
    shows: { respondent: "ann", target: null, count: 1 },
    nothing: delighted("/people/nobody/survey_requests/pending"),
  },
  "POST /delighted/:survey/v1/unsubscribes": {
    sent: (place) => ({ ...delighted("/unsubscribes")(place), body: { person_email: "ann" } }),
    shows: { respondent: "ann", target: null, count: 1 },
    nothing: (place) => ({ ...delighted("/unsubscribes")(place), body: { person_email: "gone" } }),
  },
};

/** These routes need a key and log nothing: signing out of one's own browser is an act on nobody, and nobody is in autopilot. */
const unlogged = [
  "DELETE /v1/session",
  "POST /delighted/:survey/v1/autopilot/:platform/memberships",
  "DELETE /delighted/:survey/v1/autopilot/:platform/memberships",
];

const world = aWorld();
const collector = aCollector({ fetch: world.fetch });
const inserting = /INSERT INTO audit/;

/** The collector on a database where every statement that matches fails when it is run, in a batch or alone. */
function failingAt(pattern: RegExp) {
  const prepare = (sql: string) => env.DB.prepare(pattern.test(sql) ? `SELECT json('{'), ${everyParameter(sql)}` : sql);
  const database = { prepare, batch: (all: D1PreparedStatement[]) => env.DB.batch(all) } as unknown as D1Database;
  const failing = aCollector({ fetch: world.fetch, secrets: { DB: database } });
  failing.clock.now = collector.clock.now;
  return failing;
}

function everyParameter(sql: string): string {
  const numbers = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
  return Array.from({ length: Math.max(1, ...numbers) }, (_, at) => `?${at + 1}`).join(", ");
}

async function aPlace(): Promise<Place> {
  collector.clock.now += 1;
  const survey = await collector.makeSurvey();
  const response = aResponse(survey, { nps: 9, comment: "a word in confidence", respondent: { id: "ann" } });
  await collector.request("DELETE", "/v1/respondents/ann", undefined, ADMIN);
  const invited = (await invitePeople(collector, survey, { respondents: ["ann"] })).body.invitations[0]!;
  await collector.post(response);
  await collector.request("POST", "/v1/unsubscribes", { respondent: "gone", survey }, ADMIN);
  const made = async (path: string, body: object) =>
    (await collector.request("POST", path, body, ADMIN)).body.id as string;
  const place = {
    survey,
    response: response.id,
    invitation: invited.id,
    key: await made("/v1/keys", { name: "bound", scope: "metrics", survey }),
    signingKey: await made(`/v1/surveys/${survey}/signing-keys`, { use: "identity" }),
    webhook: await made(`/v1/surveys/${survey}/webhooks`, { url: HOOK, events: ["respondent.unsubscribed"] }),
    delivery: `msg_${survey}`,
  };
  await env.DB.prepare(
    `INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, created_at, state)
     VALUES (?1, ?2, ?3, 'score.dropped', ?4, 'dead')`,
  )
    .bind(place.webhook, place.delivery, survey, collector.clock.now)
    .run();
  await collector.request("POST", "/v1/session", { key: "test-admin-token" }, OUR_PAGE);
  await env.DB.exec("DELETE FROM audit");
  collector.clock.now += 1;
  return place;
}

function send(through: typeof collector, route: string, { path, body, headers }: Sent) {
  return through.request(route.split(" ")[0]!, path, body, { ...ADMIN, ...headers });
}

async function log(headers = ADMIN): Promise<AuditItem[]> {
  return (await collector.get<Page<AuditItem>>("/v1/audit", headers)).body.items;
}

/** Every table, row by row. */
async function everything(): Promise<string> {
  const all = [];
  for (const table of await tables())
    all.push([table, (await env.DB.prepare(`SELECT * FROM "${table}"`).all()).results]);
  return JSON.stringify(all, null, 1);
}

it("knows every route that takes a key and changes something, and every read that is logged", () => {
  const changing = Object.entries(rules)
    .filter(([route, rule]) => !route.startsWith("GET ") && (rule.opens !== "anyone" || rule.keyOptional))
    .map(([route]) => route)
    .filter((route) => !unlogged.includes(route));
  expect(Object.keys(cases).sort()).toEqual([...changing, "POST /v1/session", ...Object.keys(loggedReads)].sort());
  for (const route of unlogged) expect(rules).toHaveProperty([route]);
});

describe.each(Object.entries(cases))("%s", (route, { sent, shows, nothing }) => {
  it("is one line, which names what was acted on and nobody's words", async () => {
    const place = await aPlace();
    const reply = await send(collector, route, sent(place));
    expect(reply.status, reply.text).toBeLessThan(300);
    const lines = await log();
    const survey = "survey" in shows ? shows.survey : place.survey;
    expect(lines).toMatchObject([{ act: route, key: "root", survey, ...shows }]);
    expect(JSON.stringify(lines)).not.toContain("confidence");
  });

  it("is not done where its line cannot be written", async () => {
    const place = await aPlace();
    const before = await everything();
    const reply = await send(failingAt(inserting), route, sent(place));
    expect(reply.status, reply.text).toBe(500);
    expect(reply.text).not.toContain("confidence");
    expect(await everything()).toBe(before);
  });

  it("has no line where it was refused or changed nothing", async () => {
    const place = await aPlace();
    if (nothing) {
      const reply = await send(collector, route, nothing(place));
      expect(reply.status, reply.text).toBeLessThan(500);
    }
    // Signing in takes its key from the body.
    if (route !== "POST /v1/session")
      await send(collector, route, { ...sent(place), headers: { ...sent(place).headers, Authorization: "Bearer no" } });
    expect(await log()).toEqual([]);
  });

  it("has no line where the database fails", async () => {
    const place = await aPlace();
    const reply = await send(failingAt(/^(?!\s*SELECT)(?![\s\S]*INTO audit)/), route, sent(place));
    if (route.startsWith("GET ")) expect(reply.status).toBe(200);
    else {
      expect(reply.status, reply.text).toBe(500);
      expect(await log()).toEqual([]);
    }
  });
});

it("a person who unsubscribes by the link is one line, once, and none where it cannot be written", async () => {
  const { survey } = await aPlace();
  const { unsubscribe_url } = await anInvitation(collector, survey, "own-wish");
  await env.DB.exec("DELETE FROM audit");
  const oneClick = { "List-Unsubscribe": "One-Click" };
  const failed = await sendForm(failingAt(inserting), unsubscribe_url, oneClick);
  expect(failed.status).toBe(503);
  expect(await findText("own-wish")).not.toContainEqual(expect.objectContaining({ table: "unsubscribes" }));
  for (let time = 0; time < 2; time++) expect((await sendForm(collector, unsubscribe_url, oneClick)).status).toBe(200);
  expect(await log()).toMatchObject([
    { act: "POST /u/:token", key: "link", survey, respondent: "own-wish", target: null, count: 1 },
  ]);
});

it("an admin of one survey sees what was done with it: also that a key of it was deleted, by whoever", async () => {
  const place = await aPlace();
  const { body } = await collector.request(
    "POST",
    "/v1/keys",
    { name: "x", scope: "admin", survey: place.survey },
    ADMIN,
  );
  collector.clock.now += 1;
  const bound = { Authorization: `Bearer ${body.key}` };
  await collector.request("DELETE", `/v1/keys/${place.key}`, undefined, ADMIN);
  collector.clock.now += 1;
  await collector.request("POST", "/v1/session", { key: body.key }, OUR_PAGE);
  collector.clock.now += 1;
  await collector.get("/v1/respondents/ann", bound);
  const survey = place.survey;
  expect(await log(bound)).toMatchObject([
    { act: "GET /v1/respondents/:respondent", key: body.id, survey, respondent: "ann" },
    { act: "POST /v1/session", key: body.id, survey },
    { act: "DELETE /v1/keys/:key", key: "root", survey, target: place.key },
    { act: "POST /v1/keys", survey, target: body.id },
  ]);
});
