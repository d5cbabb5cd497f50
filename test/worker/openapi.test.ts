/** The OpenAPI document is right: each route is in it, and each example is what the server answers. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { HookWithKey } from "../../shared/schema/hook.ts";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import type { NewApiKey } from "../../shared/schema/key.ts";
import { examples } from "../../shared/schema/openapi/examples.ts";
import type { Operation } from "../../shared/schema/openapi/operation.ts";
import { operations } from "../../shared/schema/openapi/operations.ts";
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { NewSigningKey } from "../../shared/schema/signing-key.ts";
import type { WebhookWithSecret } from "../../shared/schema/webhook.ts";
import { createApp } from "../../worker/app.ts";
import type { Collector } from "./support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "./support/collector.ts";
import { aWorld } from "./support/receivers.ts";

/** Routes for browsers, which the document leaves out: pages, scripts and the links in mails. */
const PAGES = /^\/(w|s|r|u|widget)\//;

/**
 * The API of Delighted, for code that was written for it. Its shapes are Delighted's and not ours to describe; each of its routes
 * stands in docs/delighted.md, which test/worker/routes/delighted.test.ts checks.
 */
const DELIGHTED = /^\/delighted\//;

it("has every route of the collector, and none that it lacks", () => {
  const routes = createApp()
    .routes.filter(({ method, path }) => method !== "ALL" && !PAGES.test(path) && !DELIGHTED.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}").replace(/(.)\/$/, "$1")}`);
  const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual([...documented].sort());
});

describe("examples", () => {
  let collector: Collector;
  /** What stands in the examples for what the collector has made here. */
  const made: Record<string, string> = {};

  beforeAll(async () => {
    collector = aCollector({ fetch: aWorld().fetch });
    const survey = await collector.makeSurvey({
      segments: ["plan"],
      topics: [{ name: "Delivery", stems: ["deliver"] }],
      count_views: true,
      public_badge: true,
    });
    made.srv_example = survey;
    made.srv_finished = await collector.makeSurvey({ name: "Summer sale" });
    await store(30, { id: "01a168a1-da00-7000-8000-000000000002", nps: 9, properties: { plan: "pro" } });
    await store(25, { id: "01a18261-a600-7000-8000-000000000004", nps: 10, respondent: { id: "bohdan" } });
    await store(20, { id: "01a19c21-7200-7000-8000-000000000005", csat: 4, respondent: { id: "olena" } });
    collector.clock.now = NOON;
    await collector.post(aResponse(survey, { id: "01a2031f-b7a0-7000-8000-000000000006", nps: 8, test: true }));
    const post = async <Body>(path: string, body: unknown) =>
      (await collector.request<Body>("POST", path, body, ADMIN)).body;
    made["4fTz81bQx0Lm"] = (await post<NewApiKey>("/v1/keys", { name: "Old script", scope: "comments" })).id;
    const key = await post<NewApiKey>("/v1/keys", { name: "Dashboard", scope: "write" });
    made["7uJd63mNz8Qe"] = key.id;
    made["vhk_…"] = key.key;
    made.kQ3vX9aB = (await post<NewSigningKey>(`/v1/surveys/${survey}/signing-keys`, {})).id;
    const mailing = await post<InvitationsReply>(`/v1/surveys/${survey}/invitations`, {
      respondents: [{ id: "maria" }],
    });
    made["01a2031f-b7a0-7000-8000-000000000003"] = mailing.invitations[0]!.id;
    const hook = { url: "https://example.com/hooks/answers", events: ["response.created"] };
    made.whk_example = (await post<WebhookWithSecret>(`/v1/surveys/${survey}/webhooks`, hook)).id;
    const told = { name: "Order delivered", map: { event: "/id", respondent: "/contact/id" } };
    const following = await post<HookWithKey>(`/v1/surveys/${survey}/hooks`, told);
    made.hok_example = following.id;
    made["vhh_…"] = following.key;
    made.msg_example = "msg_01a2031fb7a000000000000000000000";
    await env.DB.prepare(
      `INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, response_id, created_at, state, attempts, tried_at,
         status, failure)
       VALUES (?1, ?2, ?3, 'response.created', '01a2031f-b7a0-7000-8000-000000000001', ?4, 'dead', 10, ?4, 500, 'status')`,
    )
      .bind(made.whk_example, made.msg_example, survey, NOON)
      .run();
    made.mlg_example = "mlg_autumn";
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO sent_mailings (survey_id, id, key, base, created_at, remind_after_days)
         VALUES (?1, ?2, 'autumn', 'http://localhost', ?3, 5)`,
      ).bind(survey, made.mlg_example, NOON),
      env.DB.prepare(
        `INSERT INTO mails (invitation_id, round, survey_id, mailing_id, wanted_at, state) VALUES (?1, 1, ?2, ?3, ?4, 'waiting')`,
      ).bind(mailing.invitations[0]!.id, survey, made.mlg_example, NOON),
      env.DB.prepare(
        `UPDATE mails SET state = 'refused', why = 'hard', attempts = 1, settled_at = ?1,
           detail = 'The mail server answered: 550 5.1.1 no such user'`,
      ).bind(NOON),
    ]);

    async function store(daysAgo: number, fields: Partial<ResponseBody>) {
      collector.clock.now = NOON - daysAgo * DAY;
      expect((await collector.post(aResponse(survey, fields))).status).toBe(201);
    }
  });

  it("are there for every operation", () => {
    expect(operations.filter(({ example }) => !example).map(({ id }) => id)).toEqual([]);
    expect(Object.keys(examples).sort()).toEqual(
      operations.flatMap(({ id, reply }) => (reply?.schema ? [id] : [])).sort(),
    );
  });

  // The examples are sent in their order: one may read what an earlier one made, and erasures come last.
  it.each(operations.map((operation, index) => [operation.id, operation, index] as const))(
    "%s",
    async (id, operation, index) => {
      collector.clock.now = NOON + index * 1000;
      const { status, headers, text, body } = await run(operation);
      expect(status, text).toBe(operation.status ?? 200);
      const { reply } = operation;
      if (!reply) return expect(text).toBe("");
      expect(headers.get("Content-Type")?.split(";")[0]).toBe(reply.type ?? "application/json");
      if (!reply.schema) return;
      // A shape drops fields that it does not know, so a field that the document lacks shows as missing.
      expect(reply.schema.parse(body)).toEqual(body);
      expect(inOrder(steady(body))).toEqual(inOrder(examples[id]));
    },
  );

  async function run({ method, path, example, bodyTypes }: Operation) {
    const own = (text: string) => replaced(text, Object.entries(made));
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => own(example?.path?.[name] ?? ""));
    const query = new URLSearchParams(JSON.parse(own(JSON.stringify(example?.query ?? {}))));
    const body = example?.body && JSON.parse(own(JSON.stringify(example.body)));
    const headers = { ...ADMIN, Origin: "http://localhost", ...(bodyTypes && { "Content-Type": bodyTypes[0] }) };
    return collector.request(method.toUpperCase(), `${filled}?${query}`, body, headers);
  }

  /** What differs from run to run, as the examples have it. */
  function steady(body: unknown): unknown {
    const known = Object.entries(made).map(([shown, real]) => [real, shown] as const);
    let text = replaced(JSON.stringify(body), known);
    for (const [pattern, shown] of varying) text = text.replace(pattern, shown);
    return JSON.parse(text);
  }
});

const varying: [RegExp, string][] = [
  [/"srv_[0-9a-z]{16}"/g, '"srv_another"'],
  [/"vhk_\w+"/g, '"vhk_…"'],
  [/"vhs_\w+"/g, '"vhs_…"'],
  [/"whsec_[^"]+"/g, '"whsec_…"'],
  [/"vhh_\w+"/g, '"vhh_…"'],
  [/hok_(?!example)\w+/g, "hok_another"],
  [/"whk_(?!example)\w+"/g, '"whk_another"'],
  [/"msg_(?!example)\w+"/g, '"msg_another"'],
  [/"(id|target)":"(?!4fTz81bQx0Lm|7uJd63mNz8Qe)[0-9A-Za-z]{12}"/g, '"$1":"9xWc27pRt5Hn"'],
  [/"(id|target)":"(?!kQ3vX9aB)[0-9A-Za-z]{8}"/g, '"$1":"Lm40zPqR"'],
  [
    /"(id|invitation)":"01a203[0-9a-f]{2}-[0-9a-f]{4}-7(?!000-8000-0)[0-9a-f-]{21}"/g,
    '"$1":"01a20320-ec38-7000-8000-000000000007"',
  ],
  [/"paused_at":"[^"]+"/g, '"paused_at":"2026-11-22T12:00:59.000Z"'],
  [/"next":"[^"]+"/g, '"next":"…"'],
  [/localhost\/([ru])\/[\w.-]+/g, "localhost/$1/…"],
  [/"(request|code)":"[^"]+"/g, '"$1":"…"'],
  [/"html":"(?:[^"\\]|\\.)*"/g, '"html":"<table role=\\"presentation\\" …"'],
  [/"schema":"[^"]+"/g, '"schema":"0001_first.sql"'],
  [/"round_trip_ms":\d+/g, '"round_trip_ms":2'],
  [/"database_bytes":\d+/g, '"database_bytes":262144'],
];

function replaced(text: string, pairs: readonly (readonly [from: string, to: string])[]): string {
  return pairs.reduce((so, [from, to]) => so.replaceAll(from, to), text);
}

/** Lists are in the order of ids that are random. */
function inOrder(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("items" in body) || !Array.isArray(body.items)) return body;
  return { ...body, items: body.items.map((item) => JSON.stringify(item)).sort() };
}
