/** Every route on a schema older than the Worker, on a database that cannot answer, and on none. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../worker/app.ts";
import { migrations } from "../../../worker/db/migrations.ts";
import type { Env } from "../../../worker/env.ts";
import type { Place, Rule } from "../access/rules.ts";
import { rules } from "../access/rules.ts";
import { ADMIN, aCollector, anId, NOON } from "../support/collector.ts";
import { anInvitation } from "../support/links.ts";

const newest = migrations.slice(-2);

/** The same database, which says that some migrations were not applied. */
function lacking(names: readonly string[]): D1Database {
  const quoted = names.map((name) => `'${name}'`).join(", ");
  const older = (text: string) =>
    text.replace("FROM d1_migrations", `FROM (SELECT * FROM d1_migrations WHERE name NOT IN (${quoted}))`);
  return {
    prepare: (text: string) => env.DB.prepare(older(text)),
    batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
  } as unknown as D1Database;
}

/** A database that refuses every statement with these words, and how often it was asked. */
function refusing(message: string): { database: D1Database; asked: () => number } {
  let asked = 0;
  const refuse = async () => {
    asked++;
    throw new Error(message);
  };
  const statement = { all: refuse, run: refuse, first: refuse, raw: refuse, bind: () => statement };
  return { database: { prepare: () => statement, batch: refuse } as unknown as D1Database, asked: () => asked };
}

const app = createApp({ clock: () => NOON });

async function ask(DB: D1Database | undefined, route: string, rule: Rule, place: Place, address?: string) {
  const [method = "", pattern = ""] = route.split(" ");
  const path =
    address ?? rule.path?.(place) ?? pattern.replace(":survey", place.survey).replace(":response", place.response);
  const body = rule.body?.(place);
  return app.request(
    path,
    {
      method,
      headers: { "Content-Type": "application/json", ...ADMIN, ...rule.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    { ...env, DB, RATE_LIMIT: "off" } as unknown as Env,
  );
}

async function aPlace(): Promise<Place> {
  const collector = aCollector();
  const place = { survey: await collector.makeSurvey(), response: anId() };
  await collector.post({ survey: place.survey, id: place.response, nps: 3 });
  return place;
}

const health = (DB: D1Database) => ask(DB, "GET /health", { opens: "anyone" }, { survey: "", response: "" });

describe("on an older schema", () => {
  it("/health is not ok and names what is missing", async () => {
    const reply = await health(lacking(newest));
    expect([reply.status, reply.headers.get("Retry-After")]).toEqual([503, "30"]);
    expect(await reply.json()).toMatchObject({
      ok: false,
      missing: newest,
      schema: migrations.at(-3),
      detail: expect.stringContaining(newest.join(", ")),
    });
  });

  it("/health is ok with every migration, and with more than this version knows", async () => {
    expect(await (await health(env.DB)).json()).toMatchObject({ ok: true, schema: migrations.at(-1) });
    await env.DB.prepare("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')").run();
    expect(await (await health(env.DB)).json()).toMatchObject({ ok: true, schema: "9999_later.sql" });
    await env.DB.prepare("DELETE FROM d1_migrations WHERE name = '9999_later.sql'").run();
  });

  const acts = Object.entries(rules).filter(([route, { opens }]) => !route.startsWith("GET ") && opens !== "anyone");

  it.each(acts)("%s changes nothing and says why", async (route, rule) => {
    const place = await aPlace();
    const before = await contents();
    const reply = await ask(lacking(newest), route, rule, place);
    expect(reply.status).toBe(503);
    const detail = expect.stringContaining(newest[0] ?? "");
    // Delighted's clients know no codes.
    expect(await reply.json()).toMatchObject({ ...(!route.includes("/delighted/") && { code: "not_ready" }), detail });
    expect(await contents()).toEqual(before);
  });

  it("answers of visitors are taken as far as the schema can hold them", async () => {
    const route = "POST /v1/responses";
    const reply = await ask(lacking(newest), route, rules[route] as Rule, await aPlace());
    expect(reply.status).toBe(201);
  });
});

/** How many rows each table has. */
async function contents(): Promise<Record<string, number>> {
  const tables = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{ name: string }>();
  const counts: Record<string, number> = {};
  for (const { name } of tables.results) {
    if (/^(_cf_|sqlite_|d1_)/.test(name)) continue;
    const row = await env.DB.prepare(`SELECT count(*) AS rows FROM "${name}"`).first<{ rows: number }>();
    counts[name] = row?.rows ?? 0;
  }
  return counts;
}

/** One of each class; every message of D1's list is in store.test.ts. */
const failures = [
  "D1_ERROR: Network connection lost.",
  "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
  "D1_ERROR: database is locked: SQLITE_BUSY",
  "D1_ERROR: Exceeded maximum DB size.",
  "D1_ERROR: no such table: surveys: SQLITE_ERROR",
];

/** Files, and signing in and out where the root key or no cookie needs no look into the database. */
const ASK_NOTHING = ["GET /w/", "GET /widget/", "GET /v1/session", "DELETE /v1/session"];

describe("a database that cannot answer", () => {
  it.each(Object.entries(rules))("%s is 503, whatever the reason, and says when to come back", async (route, rule) => {
    const place = await aPlace();
    const page = /^\w+ (\/[ru]\/):token/.exec(route)?.[1];
    const invited = page && (await anInvitation(aCollector(), place.survey)).url.replace("/r/", page);
    for (const message of failures) {
      const { database, asked } = refusing(message);
      const reply = await ask(database, route, rule, place, invited);
      await reply.body?.cancel();
      if (asked() === 0 && ASK_NOTHING.some((each) => route.startsWith(each))) continue;
      expect(asked(), `${message}: was the database asked?`).toBeGreaterThan(0);
      expect([reply.status, Number(reply.headers.get("Retry-After")) > 0], message).toEqual([503, true]);
      if (/ \/[sru]\//.test(route)) expect(reply.headers.get("Content-Type")).toContain("text/html");
    }
    if (ASK_NOTHING.some((each) => route.startsWith(each))) return;
    const none = await ask(undefined, route, rule, place, invited);
    await none.body?.cancel();
    expect([none.status, Number(none.headers.get("Retry-After")) > 0]).toEqual([503, true]);
  });
});
