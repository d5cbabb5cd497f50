/** Faults that are nobody's bug, at every route: a sender who goes away in mid-body, a database without room. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../worker/app.ts";
import { rules } from "../access/rules.ts";
import { ADMIN, aCollector, NOON } from "../support/collector.ts";

const collector = aCollector();
const survey = await collector.makeSurvey();

afterEach(() => vi.restoreAllMocks());

function logLines(): string[] {
  const written: string[] = [];
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => void written.push(said.map(String).join(" ")));
  return written;
}

/** They answer without the database: a file, and a session where the request has no cookie. */
const NO_DATABASE = new Set(["GET /widget/:file", "GET /v1/session", "DELETE /v1/session"]);

const routes = Object.entries(rules).map(([route, rule]) => {
  const [method = "", pattern = ""] = route.split(" ");
  const place = { survey, response: crypto.randomUUID() };
  const path = rule.path?.(place) ?? pattern.replace(":survey", survey).replace(/:[a-z]+/g, "nothing");
  return { route, method, path, rule, body: rule.body?.(place) };
});
const withBody = [
  ...routes.filter(({ body }) => body !== undefined),
  ...routes.filter(({ route }) => /^POST \/[sru]\//.test(route)),
];

/** A body of which half comes before the connection is lost. */
function brokenBody(whole: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(whole.slice(0, whole.length / 2)));
      controller.error(new Error("Network connection lost."));
    },
  });
}

describe.each([
  ["announced", { "Content-Length": "400" }],
  ["in chunks", {}],
])("an upload that breaks off, its length %s", (_, length) => {
  it.each(withBody)("is a refusal and no line in the log: $route", async ({ method, path, rule, body }) => {
    const written = logLines();
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...ADMIN, ...rule.headers, ...length },
      body: brokenBody(JSON.stringify(body ?? "nps=9&comment=abcdefgh")),
    });
    const reply = await createApp({ clock: () => NOON }).request(request, {}, { ...env, RATE_LIMIT: "off" });
    // A route that never takes what is sent refuses it unread.
    expect([408, 422, 503]).toContain(reply.status);
    if (reply.status === 408) expect(await reply.json()).toMatchObject(refusal("incomplete_body", "broke off", path));
    expect(written).toEqual([]);
  });
});

/** The refusal as it is told: Delighted's clients know no codes. */
function refusal(code: string, words: string, path: string) {
  return { ...(!path.startsWith("/delighted/") && { code }), detail: expect.stringContaining(words) };
}

const spent = (act: string) =>
  `D1_ERROR: Your account has exceeded D1's free tier daily row ${act} limit. Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.`;

describe.each([
  ["database_full", "room", 3600, "D1_ERROR: Exceeded maximum DB size"],
  ["database_full", "room", 3600, "D1_ERROR: database or disk is full: SQLITE_FULL"],
  ["plan_limit_reached", "read no more rows today", 12 * 3600, spent("read")],
  ["plan_limit_reached", "write no more rows today", 12 * 3600, spent("write")],
])("%s, about %s, to come back in %i seconds: %s", (code, words, seconds, message) => {
  const fail = () => Promise.reject(new Error(message));
  const statement = { bind: () => statement, all: fail, run: fail, first: fail };
  const full = { prepare: () => statement, batch: fail } as unknown as D1Database;
  const asking = routes.filter(({ route }) => !NO_DATABASE.has(route));

  it.each(asking)("is 503 with the time to come back, and no line in the log: $route", async (asked) => {
    const written = logLines();
    const { method, path, rule, body } = asked;
    const reply = await createApp({ clock: () => NOON }).request(
      path,
      {
        method,
        headers: { "Content-Type": "application/json", ...ADMIN, ...rule.headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      { ...env, DB: full, RATE_LIMIT: "off" },
    );
    expect(reply.status, await reply.clone().text()).toBe(503);
    const isPage = !reply.headers.get("Content-Type")?.includes("json");
    expect(reply.headers.get("Retry-After")).toBe(String(isPage && code === "database_full" ? 60 : seconds));
    if (!isPage) expect(await reply.json()).toMatchObject(refusal(code, words, path));
    expect(written).toEqual([]);
  });
});

it("one bug met a thousand times is one line a minute, with how often it came in between", async () => {
  const written = logLines();
  const clock = { now: NOON };
  const broken = {
    prepare: () => {
      throw new Error("disk I/O error");
    },
  } as unknown as D1Database;
  const app = createApp({ clock: () => clock.now });
  const ask = () => app.request(`/s/${survey}`, {}, { ...env, DB: broken });
  for (let time = 0; time < 1000; time++) await ask();
  expect(written).toHaveLength(1);
  clock.now += 60_000;
  await ask();
  expect(JSON.parse(written[1] as string)).toMatchObject({ unlogged: 999 });
});
