/** One request for each route that acts on people, keys and settings, and what it finds there. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Collector } from "./collector.ts";
import { ADMIN, anId, aResponse } from "./collector.ts";
import { invitePeople } from "./links.ts";

/** What exists when an act is tried, all of one survey. */
export type Place = Record<
  "survey" | "response" | "invitation" | "key" | "signingKey" | "webhook" | "delivery" | "hook" | "mailing",
  string
>;
export type Sent = { path: string; body?: unknown; headers?: Record<string, string> };
export type Case = { sent: (place: Place) => Sent; shows: Partial<AuditItem>; nothing?: (place: Place) => Sent };

const HOOK = "https://hooks.example/confidence";
const MAP = { event: "/id", respondent: "/contact/id" };
export const OUR_PAGE = { Origin: "http://localhost" };
const of = (rest: string) => (place: Place) => ({ path: `/v1/surveys/${place.survey}${rest}` });
const delighted = (rest: string) => (place: Place) => ({ path: `/delighted/${place.survey}/v1${rest}` });
const one = (place: Place) => `/v1/surveys/${place.survey}/responses/${place.response}`;

/** By route; `nothing`: the same request where it changes nothing. */
export const cases: Record<string, Case> = {
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
  "POST /v1/surveys/:survey/hooks": {
    sent: (place) => ({
      ...of("/hooks")(place),
      body: { name: "x", map: MAP, signature: "stripe", secret: "whsec_confidence" },
    }),
    shows: { target: expect.stringMatching(/^hok_/), count: 1 },
    nothing: (place) => ({ ...of("/hooks")(place), body: { name: "x", map: MAP, send: true } }),
  },
  "PATCH /v1/surveys/:survey/hooks/:hook": {
    sent: (place) => ({ ...of(`/hooks/${place.hook}`)(place), body: { enabled: false, delay_minutes: 5 } }),
    shows: { target: expect.stringMatching(/^hok_/), detail: ["delay_minutes", "enabled"], count: 1 },
    nothing: (place) => ({ ...of(`/hooks/${place.hook}`)(place), body: { delay_minutes: 0 } }),
  },
  "DELETE /v1/surveys/:survey/hooks/:hook": {
    sent: (place) => of(`/hooks/${place.hook}`)(place),
    shows: { target: expect.stringMatching(/^hok_/), count: 1 },
    nothing: of("/hooks/nothing"),
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
  "PATCH /v1/surveys/:survey/mailings/:mailing": {
    sent: (place) => ({ ...of(`/mailings/${place.mailing}`)(place), body: { paused: true } }),
    shows: { target: expect.stringMatching(/^mlg_/), detail: ["pause"], count: 1 },
    nothing: (place) => ({ ...of("/mailings/nothing")(place), body: { paused: true } }),
  },
  "DELETE /v1/surveys/:survey/mailings/:mailing": {
    sent: (place) => of(`/mailings/${place.mailing}`)(place),
    shows: { target: expect.stringMatching(/^mlg_/), count: 1 },
    nothing: of("/mailings/nothing"),
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

/** A survey in which there is something of every kind to act on, and a log that is empty. */
export async function aPlace(collector: Collector): Promise<Place> {
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
    hook: await made(`/v1/surveys/${survey}/hooks`, { name: "Case closed", map: MAP }),
    mailing: `mlg_${survey}`,
  };
  await env.DB.prepare("INSERT INTO sent_mailings (survey_id, id, key, base, created_at) VALUES (?1, ?2, '', '', ?3)")
    .bind(survey, place.mailing, collector.clock.now)
    .run();
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
