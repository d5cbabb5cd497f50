/** Every act on people, keys and settings has one line in the log, written in the act's own transaction. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { loggedReads } from "../../../worker/http/audit.ts";
import { rules } from "../access/rules.ts";
import { findText, tables } from "../privacy/dump.ts";
import type { Sent } from "../support/acts.ts";
import { aPlace, cases, OUR_PAGE } from "../support/acts.ts";
import { ADMIN, aCollector } from "../support/collector.ts";
import { anInvitation, sendForm } from "../support/links.ts";
import { aWorld } from "../support/receivers.ts";

/**
 * These routes need a key and log nothing: signing out of one's own browser is an act on nobody, nobody is in autopilot, and to try
 * a hook changes nothing.
 */
const unlogged = [
  "DELETE /v1/session",
  "POST /v1/surveys/:survey/hooks/:hook/try",
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
    const place = await aPlace(collector);
    const reply = await send(collector, route, sent(place));
    expect(reply.status, reply.text).toBeLessThan(300);
    const lines = await log();
    const survey = "survey" in shows ? shows.survey : place.survey;
    expect(lines).toMatchObject([{ act: route, key: "root", survey, ...shows }]);
    expect(JSON.stringify(lines)).not.toContain("confidence");
  });

  it("is not done where its line cannot be written", async () => {
    const place = await aPlace(collector);
    const before = await everything();
    const reply = await send(failingAt(inserting), route, sent(place));
    expect(reply.status, reply.text).toBe(500);
    expect(reply.text).not.toContain("confidence");
    expect(await everything()).toBe(before);
  });

  it("has no line where it was refused or changed nothing", async () => {
    const place = await aPlace(collector);
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
    const place = await aPlace(collector);
    const reply = await send(failingAt(/^(?!\s*SELECT)(?![\s\S]*INTO audit)/), route, sent(place));
    if (route.startsWith("GET ")) expect(reply.status).toBe(200);
    else {
      expect(reply.status, reply.text).toBe(500);
      expect(await log()).toEqual([]);
    }
  });
});

it("a person who unsubscribes by the link is one line, once, and none where it cannot be written", async () => {
  const { survey } = await aPlace(collector);
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
  const place = await aPlace(collector);
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
