/** Who may call which route: one rule for each route. A route without a rule fails the tests. */
import type { Scope } from "../../../shared/vocabulary.ts";
import { anId } from "../support/collector.ts";

/** What exists when a route is tried. */
export type Place = { survey: string; response: string };

export type Rule = {
  /** The lowest scope that may call it; `anyone` needs no key. */
  opens: Scope | "anyone";
  /** The address to try, with its parameters filled in; by default the route's own path. */
  path?: (place: Place) => string;
  body?: (place: Place) => unknown;
  headers?: Record<string, string>;
  /** What a key that is bound to a survey gets where neither address nor body names one: its own part, or nothing. */
  bound?: "its own" | "refused";
  /** Any page may call it: it answers with `Access-Control-Allow-Origin: *`. */
  cors?: true;
  /** The route needs no key, but a key that is sent must be valid. */
  keyOptional?: true;
};

/** Shaped like one that we signed, so that its key is looked up. */
const TOKEN = `${"A".repeat(34)}.${"A".repeat(22)}`;

const OUR_PAGE = { Origin: "http://localhost" };

/** Named by method and path as registered in worker/app.ts. */
export const rules: Record<string, Rule> = {
  "GET /w/:file{.+\\.js}": { opens: "anyone", path: () => "/w/srv_nobodyhere.js", cors: true },
  "GET /w/:survey/:name{[A-Za-z_$][\\w$]*\\.js}": {
    opens: "anyone",
    path: () => "/w/srv_nobodyhere/delighted.js",
    cors: true,
  },
  "GET /widget/:file": { opens: "anyone", path: () => "/widget/nothing.00000000.js", cors: true },
  "POST /v1/responses": {
    opens: "anyone",
    body: ({ survey }) => ({ survey, id: anId(), nps: 9 }),
    cors: true,
    keyOptional: true,
  },
  "POST /v1/events": { opens: "anyone", body: ({ survey }) => ({ survey, type: "shown" }), cors: true },
  "POST /v1/eligibility": { opens: "anyone", body: ({ survey }) => ({ survey, id: "ann", token: "no" }), cors: true },
  "GET /v1/surveys/:survey/badge": { opens: "anyone", cors: true },
  "GET /health": { opens: "anyone" },
  // The sender proves itself by the hook's own key or by its signature.
  "POST /v1/hooks/:hook": { opens: "anyone", path: () => "/v1/hooks/hok_nosuchhookhere00", body: () => ({ id: 1 }) },

  // Pages behind a link: whoever holds the link is let in.
  "GET /s/:survey/qr.svg": { opens: "anyone" },
  "GET /s/:survey/qr.pdf": { opens: "anyone" },
  "GET /s/:survey{[\\s\\S]+}": { opens: "anyone", path: ({ survey }) => `/s/${survey}` },
  "POST /s/:survey{[\\s\\S]+}": { opens: "anyone", path: ({ survey }) => `/s/${survey}` },
  "GET /r/:token{[\\s\\S]+}": { opens: "anyone", path: () => `/r/${TOKEN}` },
  "POST /r/:token{[\\s\\S]+}": { opens: "anyone", path: () => `/r/${TOKEN}` },
  "GET /u/:token{[\\s\\S]+}": { opens: "anyone", path: () => `/u/${TOKEN}` },
  "POST /u/:token{[\\s\\S]+}": { opens: "anyone", path: () => `/u/${TOKEN}` },

  // Signing in and out: by a page of our own only.
  "POST /v1/session": { opens: "anyone", body: () => ({ key: "test-admin-token" }), headers: OUR_PAGE },
  "DELETE /v1/session": { opens: "anyone", headers: OUR_PAGE },
  "GET /v1/session": { opens: "metrics", bound: "its own" },
  "DELETE /v1/session/all": { opens: "metrics", bound: "its own" },
  "POST /v1/session/codes": { opens: "metrics", bound: "its own" },

  "GET /v1/keys": { opens: "admin", bound: "its own" },
  "POST /v1/keys": {
    opens: "admin",
    body: ({ survey }) => ({ name: "team", scope: "metrics", survey }),
  },
  "DELETE /v1/keys/:key": { opens: "admin", path: () => "/v1/keys/nosuchkeyhere", bound: "its own" },

  "GET /v1/audit": { opens: "admin", bound: "its own" },
  "GET /v1/status": { opens: "admin", bound: "refused" },
  "GET /v1/respondents": { opens: "admin", path: () => "/v1/respondents?respondent=ann", bound: "its own" },
  "DELETE /v1/respondents": { opens: "admin", path: () => "/v1/respondents?respondent=ann", bound: "its own" },
  "GET /v1/respondents/:respondent": { opens: "admin", path: () => "/v1/respondents/ann", bound: "its own" },
  "DELETE /v1/respondents/:respondent": { opens: "admin", path: () => "/v1/respondents/ann", bound: "its own" },

  "GET /v1/surveys": { opens: "metrics", bound: "its own" },
  "POST /v1/surveys": { opens: "admin", body: () => ({ name: "Shop" }), bound: "refused" },
  "GET /v1/surveys/:survey": { opens: "metrics" },
  "PATCH /v1/surveys/:survey": { opens: "admin", body: () => ({ brand: "Shop" }) },
  "DELETE /v1/surveys/:survey": { opens: "admin" },
  "GET /v1/surveys/:survey/metrics": { opens: "metrics" },
  "GET /v1/metrics": { opens: "metrics", path: ({ survey }) => `/v1/metrics?survey=${survey}` },
  "GET /v1/surveys/:survey/live": { opens: "metrics", path: ({ survey }) => `/v1/surveys/${survey}/live?for=0` },
  "GET /v1/surveys/:survey/assignees": { opens: "comments" },
  "GET /v1/surveys/:survey/topics": { opens: "metrics" },
  "GET /v1/topics": { opens: "metrics", path: ({ survey }) => `/v1/topics?survey=${survey}` },
  "GET /v1/surveys/:survey/comments": { opens: "comments" },
  "GET /v1/surveys/:survey/responses": { opens: "comments" },
  "GET /v1/surveys/:survey/test-responses": { opens: "comments" },
  "GET /v1/surveys/:survey/signing-keys": { opens: "admin" },
  "POST /v1/surveys/:survey/signing-keys": { opens: "admin", body: () => ({ use: "identity" }) },
  "DELETE /v1/surveys/:survey/signing-keys/:key": { opens: "admin" },
  "GET /v1/surveys/:survey/webhooks": { opens: "admin" },
  "POST /v1/surveys/:survey/webhooks": {
    opens: "admin",
    body: () => ({ url: "https://example.com/hook", events: ["response.created"] }),
  },
  "GET /v1/surveys/:survey/webhooks/:webhook": { opens: "admin" },
  "PATCH /v1/surveys/:survey/webhooks/:webhook": { opens: "admin", body: () => ({ enabled: false }) },
  "DELETE /v1/surveys/:survey/webhooks/:webhook": { opens: "admin" },
  "POST /v1/surveys/:survey/webhooks/:webhook/secret": { opens: "admin" },
  "POST /v1/surveys/:survey/webhooks/:webhook/test": { opens: "admin" },
  "GET /v1/surveys/:survey/webhooks/:webhook/deliveries": { opens: "admin" },
  "POST /v1/surveys/:survey/webhooks/:webhook/deliveries/:delivery/redeliver": { opens: "admin" },
  "GET /v1/surveys/:survey/hooks": { opens: "write" },
  "POST /v1/surveys/:survey/hooks": {
    opens: "admin",
    body: () => ({ name: "Case closed", map: { event: "/id", respondent: "/contact" } }),
  },
  "GET /v1/surveys/:survey/hooks/:hook": { opens: "write" },
  "PATCH /v1/surveys/:survey/hooks/:hook": { opens: "admin", body: () => ({ enabled: false }) },
  "DELETE /v1/surveys/:survey/hooks/:hook": { opens: "admin" },
  "POST /v1/surveys/:survey/hooks/:hook/try": { opens: "write", body: () => ({ last: true }) },
  "POST /v1/surveys/:survey/invitations": { opens: "write", body: () => ({ respondents: [{ id: anId() }] }) },
  "GET /v1/surveys/:survey/invitations/:invitation": { opens: "write" },
  "DELETE /v1/surveys/:survey/invitations/:invitation": { opens: "write" },
  "GET /v1/surveys/:survey/mailings": { opens: "write" },
  "GET /v1/surveys/:survey/mailings/:mailing": { opens: "write" },
  "PATCH /v1/surveys/:survey/mailings/:mailing": { opens: "write", body: () => ({ paused: true }) },
  "DELETE /v1/surveys/:survey/mailings/:mailing": { opens: "write" },
  "GET /v1/surveys/:survey/mailings/:mailing/failures": { opens: "write" },
  "GET /v1/surveys/:survey/email-block": {
    opens: "metrics",
    path: ({ survey }) => `/v1/surveys/${survey}/email-block?r=${encodeURIComponent("{{id}}")}`,
  },
  "GET /v1/surveys/:survey/archive": { opens: "admin" },
  "POST /v1/surveys/:survey/import": {
    opens: "write",
    body: () => ({ created_at: "2024-03-01", nps: 9 }),
    headers: { "Content-Type": "application/x-ndjson" },
  },
  "GET /v1/unsubscribes": { opens: "write", bound: "its own" },
  "POST /v1/unsubscribes": { opens: "write", body: ({ survey }) => ({ respondent: "ann", survey }) },
  "DELETE /v1/unsubscribes": {
    opens: "write",
    path: ({ survey }) => `/v1/unsubscribes?respondent=nobody&survey=${survey}`,
  },
  "GET /v1/surveys/:survey/responses/:response": { opens: "comments" },
  "PATCH /v1/surveys/:survey/responses/:response": { opens: "write", body: () => ({ excluded: true }) },
  "DELETE /v1/surveys/:survey/responses/:response": { opens: "write" },

  // The API of Delighted, at the address that names a survey.
  "GET /delighted/:survey/v1/metrics": { opens: "metrics" },
  "GET /delighted/:survey/v1/survey_responses": { opens: "comments" },
  "GET /delighted/:survey/v1/survey_responses/:response": { opens: "comments" },
  "POST /delighted/:survey/v1/survey_responses": { opens: "write", body: () => ({ person: "ann", score: 9 }) },
  "PUT /delighted/:survey/v1/survey_responses": {
    opens: "write",
    body: ({ response }) => ({ id: response, tags: ["seen"] }),
  },
  "PUT /delighted/:survey/v1/survey_responses/:response": { opens: "write", body: () => ({ tags: ["seen"] }) },
  "GET /delighted/:survey/v1/people": { opens: "comments" },
  "POST /delighted/:survey/v1/people": { opens: "write", body: () => ({ email: "ann@shop.example" }) },
  "GET /delighted/:survey/v1/people/:person": {
    opens: "comments",
    path: ({ survey }) => `/delighted/${survey}/v1/people/ann`,
  },
  "DELETE /delighted/:survey/v1/people/:person": {
    opens: "admin",
    path: ({ survey }) => `/delighted/${survey}/v1/people/ann`,
  },
  "DELETE /delighted/:survey/v1/people/:person/survey_requests/pending": {
    opens: "write",
    path: ({ survey }) => `/delighted/${survey}/v1/people/ann/survey_requests/pending`,
  },
  "GET /delighted/:survey/v1/unsubscribes": { opens: "write" },
  "POST /delighted/:survey/v1/unsubscribes": { opens: "write", body: () => ({ person_email: "ann@shop.example" }) },
  "GET /delighted/:survey/v1/bounces": { opens: "write" },
  "GET /delighted/:survey/v1/autopilot/:platform": {
    opens: "metrics",
    path: ({ survey }) => `/delighted/${survey}/v1/autopilot/email`,
  },
  "GET /delighted/:survey/v1/autopilot/:platform/memberships": {
    opens: "write",
    path: ({ survey }) => `/delighted/${survey}/v1/autopilot/email/memberships`,
  },
  "POST /delighted/:survey/v1/autopilot/:platform/memberships": {
    opens: "write",
    path: ({ survey }) => `/delighted/${survey}/v1/autopilot/email/memberships`,
    body: () => ({ person_email: "ann@shop.example" }),
  },
  "DELETE /delighted/:survey/v1/autopilot/:platform/memberships": {
    opens: "write",
    path: ({ survey }) => `/delighted/${survey}/v1/autopilot/email/memberships`,
  },
};
