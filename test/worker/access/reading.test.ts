/** Reading writes nothing but the log's line of reading a person or a whole survey: every GET route and its HEAD, with every kind of thing behind it and after it is gone. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { loggedReads } from "../../../worker/http/audit.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";
import { aHook } from "../support/inbound.ts";
import { anInvitation, answerPage, PERSON } from "../support/links.ts";
import { registeredRoutes } from "../support/routes.ts";
import { rules } from "./rules.ts";

type Place = Record<
  "survey" | "response" | "invitation" | "token" | "unsubscribe" | "webhook" | "hook" | "mailing",
  string
>;

let collector: Collector;
let person = 0;

beforeAll(() => {
  // The rate limits are on, because they store a salt.
  collector = aCollector({ rateLimit: "" });
});

const reads = registeredRoutes().filter((route) => route.startsWith("GET "));

/** The address of something that exists, where the rule of the access table names no address. */
const addresses: Record<string, (place: Place) => string> = {
  "/w/:file{.+\\.js}": ({ survey }) => `/w/${survey}.js`,
  "/w/:survey/:name{[A-Za-z_$][\\w$]*\\.js}": ({ survey }) => `/w/${survey}/delighted.js`,
  "/r/:token{[\\s\\S]+}": ({ token }) => `${token}?nps=9`,
  "/u/:token{[\\s\\S]+}": ({ unsubscribe }) => unsubscribe,
  "/s/:survey": ({ survey }) => `/s/${survey}?nps=9&r=ann`,
  "/v1/surveys/:survey/responses/:response": ({ survey, response }) => `/v1/surveys/${survey}/responses/${response}`,
  "/delighted/:survey/v1/survey_responses/:response": ({ survey, response }) =>
    `/delighted/${survey}/v1/survey_responses/${response}`,
  "/v1/surveys/:survey/invitations/:invitation": ({ survey, invitation }) =>
    `/v1/surveys/${survey}/invitations/${invitation}`,
  "/v1/surveys/:survey/webhooks/:webhook": ({ survey, webhook }) => `/v1/surveys/${survey}/webhooks/${webhook}`,
  "/v1/surveys/:survey/hooks/:hook": ({ survey, hook }) => `/v1/surveys/${survey}/hooks/${hook}`,
  "/v1/surveys/:survey/webhooks/:webhook/deliveries": ({ survey, webhook }) =>
    `/v1/surveys/${survey}/webhooks/${webhook}/deliveries`,
  "/v1/surveys/:survey/mailings/:mailing": ({ survey, mailing }) => `/v1/surveys/${survey}/mailings/${mailing}`,
  "/v1/surveys/:survey/mailings/:mailing/failures": ({ survey, mailing }) =>
    `/v1/surveys/${survey}/mailings/${mailing}/failures`,
};

function addressOf(route: string, place: Place): string {
  const path = route.slice("GET ".length);
  return addresses[path]?.(place) ?? rules[route]?.path?.(place) ?? path.replace(":survey", place.survey);
}

/** What may have become of a survey before it is read. */
const states: Record<string, (place: Place) => Promise<unknown>> = {
  "as it is": async () => {},
  "after its signing keys were deleted": async ({ survey }) => {
    const path = `/v1/surveys/${survey}/signing-keys`;
    const { items } = (await collector.get<{ items: { id: string }[] }>(path)).body;
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) await collector.request("DELETE", `${path}/${id}`, undefined, ADMIN);
  },
  "after its invitation was withdrawn": ({ survey, invitation }) =>
    collector.request("DELETE", `/v1/surveys/${survey}/invitations/${invitation}`, undefined, ADMIN),
  "when it is paused": ({ survey }) => collector.request("PATCH", `/v1/surveys/${survey}`, { paused: true }, ADMIN),
  "while segments and topics are being filled in": ({ survey }) =>
    collector.request(
      "PATCH",
      `/v1/surveys/${survey}`,
      { segments: ["plan"], topics: [{ name: "Pace", stems: ["slow"] }] },
      ADMIN,
    ),
  "on another day, for which nothing is ready yet": async () => {
    collector.clock.now = NOON + 3 * DAY;
  },
  "a year later": async () => {
    collector.clock.now = NOON + 365 * DAY;
  },
  "after it was deleted": ({ survey }) => collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN),
  "when all tables but the surveys are empty": async () => {
    for (const table of ["signing_keys", "salts", "segment_values", "rollups", "invitations", "jobs"])
      await env.DB.prepare(`DELETE FROM ${table} WHERE true`).run();
    await env.DB.prepare("INSERT INTO signing_keys VALUES ('pages000', '', 'pages', 'x', 0)").run();
    await env.DB.prepare("INSERT INTO signing_keys VALUES ('unsub000', '', 'unsubscribes', 'x', 0)").run();
  },
};

it("tries every GET route at an address with nothing left to fill in", async () => {
  const place = await aPlace();
  expect(reads.length).toBeGreaterThan(20);
  for (const route of reads) expect(addressOf(route, place), route).not.toContain(":");
});

describe.each(Object.entries(states))("%s", (name, prepare) => {
  it.each(reads)("%s writes no row, nor does its HEAD, whoever asks", async (route) => {
    const place = await aPlace();
    await prepare(place);
    const path = addressOf(route, place);
    for (const headers of [ADMIN, {}, { Authorization: "Bearer vhk_wrong" }, { Cookie: await aSession() }])
      for (const method of ["GET", "HEAD"]) {
        collector.rows.reset();
        const reply = await collector.request(method, path, undefined, headers);
        expect(reply.status, `${method} ${path}`).toBeLessThan(500);
        if (!(route in loggedReads)) expect(collector.rows.written, `${method} ${path}`).toBe(0);
        expect(collector.rows.statements.filter(({ sql }) => isWrite(sql) && !isLog(sql))).toEqual([]);
        if (name === "as it is" && headers === ADMIN && method === "GET" && !path.startsWith("/widget/"))
          expect(reply.status, "something is there to be read").toBe(200);
      }
    collector.clock.now = NOON;
  });
});

function isWrite(sql: string): boolean {
  return /\b(INSERT|UPDATE|DELETE|REPLACE)\b/.test(sql);
}

function isLog(sql: string): boolean {
  return /^\s*INSERT INTO audit\b/.test(sql);
}

/** A survey with one of each: a response, a comment, an invitation that was answered, a person who wants no more. */
async function aPlace(): Promise<Place> {
  collector.clock.now = NOON;
  const survey = await collector.makeSurvey({ public_badge: true });
  const response = anId();
  const respondent = { id: "ann" };
  await collector.post(aResponse(survey, { id: response, nps: 3, comment: "slow", respondent }), ADMIN);
  const { id, url, unsubscribe_url } = await anInvitation(collector, survey, `person-${person++}`);
  await answerPage(
    collector,
    url,
    { ...PERSON, nps: "9" },
    { headers: { "CF-Connecting-IP": `2001:db8:${person}::` } },
  );
  const hook = { url: "https://hooks.example/", events: ["score.dropped"] };
  const { body } = await collector.request<{ id: string }>("POST", `/v1/surveys/${survey}/webhooks`, hook, ADMIN);
  const told = (await aHook(collector, survey)).hook.id;
  await env.DB.prepare("INSERT INTO sent_mailings (survey_id, id, key, base, created_at) VALUES (?1, ?2, '', '', ?3)")
    .bind(survey, `mlg_${survey}`, NOON)
    .run();
  return {
    survey,
    response,
    invitation: id,
    token: url,
    unsubscribe: unsubscribe_url,
    webhook: body.id,
    hook: told,
    mailing: `mlg_${survey}`,
  };
}

async function aSession(): Promise<string> {
  const ours = { Origin: "http://localhost" };
  const { headers } = await collector.request("POST", "/v1/session", { key: "test-admin-token" }, ours);
  return headers.get("Set-Cookie")?.split(";")[0] ?? "";
}
