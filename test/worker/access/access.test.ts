/** Each route with each kind of key, from one table: what the table does not allow is refused, and a refusal writes nothing. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector, Reply } from "../support/collector.ts";
import { ADMIN, aCollector, anId, DAY, NOON } from "../support/collector.ts";
import { registeredRoutes } from "../support/routes.ts";
import type { Place, Rule } from "./rules.ts";
import { rules } from "./rules.ts";
import type { Holder, Verdict } from "./table.ts";
import { holders, verdictOf } from "./table.ts";

let collector: Collector;
let other: string;
const shared = new Map<string, Record<string, string>>();

beforeAll(async () => {
  collector = aCollector();
  other = await collector.makeSurvey();
  for (const holder of holders)
    if (holder.bound !== "own") shared.set(holder.name, await keyOf(holder, holder.bound === "other" ? other : null));
});

it("has a rule for every route, and none for routes that are gone", () => {
  expect(Object.keys(rules).sort()).toEqual(registeredRoutes().sort());
});

describe.each(Object.entries(rules))("%s", (route, rule) => {
  it("opens to whom its rule says, and to nobody else", async () => {
    const { place, headersOf } = await aPlace();
    const asked = pathOf(route, rule, place) + JSON.stringify(rule.body?.(place) ?? "");
    const doors = holders.map((holder) => ({
      holder,
      verdict: verdictOf(rule, holder, asked.includes(place.survey)),
    }));
    // Requests to be refused come first, since an allowed one may delete what is asked for.
    doors.sort((a, b) => Number(isOpen(a.verdict)) - Number(isOpen(b.verdict)));
    for (const { holder, verdict } of doors) {
      collector.rows.reset();
      const reply = await knock(route, rule, place, headersOf(holder));
      expectSafe(reply);
      if (isOpen(verdict)) {
        expect([401, 403], `${holder.name}: ${reply.text.slice(0, 200)}`).not.toContain(reply.status);
        expect(reply.status, holder.name).toBeLessThan(500);
        if (verdict === "blind") expect(reply.text, holder.name).not.toContain(place.survey);
      } else {
        expect(reply.status, holder.name).toBe(verdict);
        expect(collector.rows.written, `${holder.name}: rows written on a refusal`).toBe(0);
      }
    }
    expect(isOpen(doors.at(-1)!.verdict), "somebody must get in").toBe(true);
  });

  it("answers a browser of another origin only where any page may ask, and never with credentials", async () => {
    const { place } = await aPlace();
    const from = { Origin: "https://elsewhere.example", Cookie: "vidhuk=x; __Host-vidhuk=x" };
    const replies = [
      await knock(route, rule, place, from),
      await knock(route, rule, place, { ...from, ...ADMIN }),
      await collector.request("OPTIONS", pathOf(route, rule, place), undefined, {
        ...from,
        "Access-Control-Request-Method": route.split(" ")[0]!,
        "Access-Control-Request-Headers": "authorization, content-type",
      }),
    ];
    for (const { headers } of replies) {
      if (!rule.cors) expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
      expect([null, "*"]).toContain(headers.get("Access-Control-Allow-Origin"));
      expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
      // On public routes a page's scripts may add any header, so a wrong key there must not cost the answer.
      if (!rule.cors) expect(headers.get("Access-Control-Allow-Headers")).toBeNull();
    }
    if (rule.cors) expect(replies[0]?.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  it("with a session, opens to a page of this host and to no other site", async () => {
    if (rule.opens === "anyone" || route.startsWith("GET ")) return;
    const { place } = await aPlace();
    const Cookie = await aSession();
    collector.rows.reset();
    for (const Origin of ["https://elsewhere.example", "null", "http://localhost.example"])
      expect((await knock(route, rule, place, { Cookie, Origin })).status, Origin).toBe(403);
    expect((await knock(route, rule, place, { Cookie })).status, "no Origin").toBe(403);
    expect(collector.rows.written).toBe(0);
    const { status } = await knock(route, rule, place, { Cookie, Origin: "http://localhost" });
    expect([401, 403]).not.toContain(status);
  });

  it("refuses methods that it does not have, safely", async () => {
    const { place } = await aPlace();
    const path = pathOf(route, rule, place);
    const mine = registeredRoutes();
    for (const method of ["PUT", "PROPFIND", "GET", "POST", "PATCH", "DELETE"]) {
      if (mine.some((each) => each.startsWith(`${method} `) && matches(each.split(" ")[1]!, path))) continue;
      collector.rows.reset();
      const reply = await collector.request(method, path, undefined, ADMIN);
      expect([404, 405], method).toContain(reply.status);
      expect(collector.rows.written).toBe(0);
      expectSafe(reply);
    }
  });
});

it("a garbled address is 404 with the same headers", async () => {
  for (const path of ["/", "/v1", "/v1/%00", "/v1/surveys/%E0%A4%A", "//etc/passwd", "/.env", `/${"a".repeat(5000)}`]) {
    const reply = await collector.request("GET", path);
    expect([401, 404], path.slice(0, 40)).toContain(reply.status);
    expectSafe(reply);
  }
});

function isOpen(verdict: Verdict): boolean {
  return typeof verdict === "string";
}

/** A survey with one response and the keys bound to it, made for one route alone, because a route may delete them. */
async function aPlace(): Promise<{ place: Place; headersOf: (holder: Holder) => Record<string, string> }> {
  const survey = await collector.makeSurvey();
  const response = anId();
  await collector.post({ survey, id: response, nps: 3, comment: "slow" });
  const own = new Map<string, Record<string, string>>();
  for (const holder of holders) if (holder.bound === "own") own.set(holder.name, await keyOf(holder, survey));
  return {
    place: { survey, response },
    headersOf: (holder) => own.get(holder.name) ?? shared.get(holder.name) ?? {},
  };
}

async function keyOf({ scope, spoilt }: Holder, survey: string | null): Promise<Record<string, string>> {
  if (scope === null) return {};
  if (spoilt === "unknown") return { Authorization: `Bearer vhk_${"0".repeat(50)}` };
  // A key that has expired was made while it had not.
  collector.clock.now = NOON - 2 * DAY;
  const expires_at = spoilt === "expired" ? new Date(NOON - DAY).toISOString() : null;
  const made = await collector.request<{ id: string; key: string }>(
    "POST",
    "/v1/keys",
    { name: "team", scope, survey, expires_at },
    ADMIN,
  );
  collector.clock.now = NOON;
  if (spoilt === "revoked") await collector.request("DELETE", `/v1/keys/${made.body.id}`, undefined, ADMIN);
  return { Authorization: `Bearer ${made.body.key}` };
}

/** The cookie of a browser that signed in with the root key. */
async function aSession(): Promise<string> {
  const { headers } = await collector.request(
    "POST",
    "/v1/session",
    { key: "test-admin-token" },
    { Origin: "http://localhost" },
  );
  return headers.get("Set-Cookie")!.split(";")[0]!;
}

function knock(route: string, rule: Rule, place: Place, headers: Record<string, string>): Promise<Reply> {
  const method = route.split(" ")[0]!;
  return collector.request(method, pathOf(route, rule, place), rule.body?.(place), { ...rule.headers, ...headers });
}

function pathOf(route: string, rule: Rule, place: Place): string {
  const path = route.slice(route.indexOf(" ") + 1);
  return rule.path?.(place) ?? path.replace(":survey", place.survey).replace(":response", place.response);
}

function matches(pattern: string, path: string): boolean {
  const form = pattern.replace(/:\w+\{(.+)\}/, "$1").replace(/:\w+/g, "[^/]+");
  return new RegExp(`^${form}$`).test(path.split("?")[0]!);
}

/** Checks the headers that every reply has, whatever the request. */
function expectSafe({ headers }: Reply): void {
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Strict-Transport-Security")).toBe("max-age=31536000");
  expect(headers.get("Referrer-Policy")).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'/);
  expect(headers.get("Content-Security-Policy")).toMatch(/frame-ancestors 'none'/);
  expect(headers.get("Cache-Control")).toBeTruthy();
  expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  expect([...headers.keys()].filter((name) => !HEADERS.has(name))).toEqual([]);
}

/** Every header that a reply may carry: a library that adds one of its own is noticed. */
const HEADERS = new Set([
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-max-age",
  "allow",
  "cache-control",
  "content-disposition",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-resource-policy",
  "etag",
  "link",
  "referrer-policy",
  "retry-after",
  "set-cookie",
  "strict-transport-security",
  "vary",
  "www-authenticate",
  "x-accel-buffering",
  "x-content-type-options",
  "x-request-id",
  "x-robots-tag",
]);
