import { beforeAll, describe, expect, it } from "vitest";
import type { ProblemBody } from "../../../shared/problem.ts";
import type { NewApiKey } from "../../../shared/schema/key.ts";
import type { Session, SignInCode } from "../../../shared/schema/session.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, DAY } from "../support/collector.ts";

const OURS = { Origin: "http://localhost" };
const MINUTE = 60_000;

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

async function aKey(fields: Record<string, unknown> = {}): Promise<NewApiKey> {
  const body = { name: "till", scope: "comments", ...fields };
  return (await collector.request<NewApiKey>("POST", "/v1/keys", body, ADMIN)).body;
}

async function signIn(body: unknown, headers: Record<string, string> = OURS) {
  const reply = await collector.request<Session>("POST", "/v1/session", body, headers);
  const cookie = reply.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  return { ...reply, cookie: { ...OURS, Cookie: cookie } };
}

async function aCode(headers: Record<string, string> = ADMIN): Promise<SignInCode> {
  return (await collector.request<SignInCode>("POST", "/v1/session/codes", {}, headers)).body;
}

describe("signing in", () => {
  it("turns the admin token into a cookie that no script and no other site can use", async () => {
    const { status, body, headers } = await signIn({ key: "test-admin-token" });
    expect(status).toBe(201);
    expect(body).toEqual({ key: "root", scope: "admin", survey: null, expires_at: "2026-12-06T12:00:00.000Z" });
    expect(headers.get("Set-Cookie")).toMatch(
      /^vidhuk=[0-9A-Za-z]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it("locks the cookie to host and TLS where there is TLS", async () => {
    const headers = { Origin: "https://nps.example" };
    const { headers: replied } = await collector.request(
      "POST",
      "https://nps.example/v1/session",
      { key: "test-admin-token" },
      headers,
    );
    expect(replied.get("Set-Cookie")).toMatch(/^__Host-vidhuk=.*; Secure/);
  });

  it.each([
    ["an unknown key", { key: "guess" }, 401],
    ["a key of the right form", { key: `vhk_${"a".repeat(50)}` }, 401],
    ["an unknown code", { code: "guess" }, 401],
    ["an empty key", { key: "" }, 422],
    ["both at once", { key: "a", code: "b" }, 422],
    ["neither", {}, 422],
  ])("refuses %s", async (_, body, status) => {
    const reply = await signIn(body);
    expect([reply.status, reply.headers.get("Set-Cookie")]).toEqual([status, null]);
  });

  it.each([
    ["another site", { Origin: "https://evil.example" }],
    ["no origin", {}],
    ["a form", { ...OURS, "Content-Type": "text/plain" }],
  ])("refuses a sign-in sent by %s", async (_, headers) => {
    expect((await signIn({ key: "test-admin-token" }, headers as Record<string, string>)).status).toBe(403);
  });
});

describe("with the cookie", () => {
  it("reads and writes as the key does", async () => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    expect((await collector.get(`/v1/surveys/${survey}`, cookie)).status).toBe(200);
    expect((await collector.request("PATCH", `/v1/surveys/${survey}`, { brand: "Shop" }, cookie)).status).toBe(200);
  });

  it("keeps to the key's scope and survey", async () => {
    const { key } = await aKey({ survey, scope: "metrics" });
    const { cookie, body } = await signIn({ key });
    expect(body).toMatchObject({ scope: "metrics", survey });
    expect((await collector.get(`/v1/surveys/${survey}/metrics`, cookie)).status).toBe(200);
    expect((await collector.get(`/v1/surveys/${survey}/comments`, cookie)).status).toBe(403);
    const other = await collector.makeSurvey();
    expect((await collector.get(`/v1/surveys/${other}/metrics`, cookie)).status).toBe(403);
  });

  it.each([
    ["another site", { Origin: "https://evil.example" }, 403],
    ["a neighbour of the same host", { Origin: "http://localhost:8080" }, 403],
    ["a page that hides where it is", { Origin: "null" }, 403],
    ["no origin", { Origin: "" }, 403],
    ["a form", { ...OURS, "Content-Type": "text/plain" }, 403],
    ["our page", OURS, 200],
  ])("lets %s write or not: %o", async (_, headers, status) => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    const reply = await collector.request("PATCH", `/v1/surveys/${survey}`, { brand: "x" }, { ...cookie, ...headers });
    expect(reply.status).toBe(status);
  });

  it("lets a bad key in the header win over a good cookie", async () => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    expect((await collector.get("/v1/surveys", { ...cookie, Authorization: "Bearer nonsense" })).status).toBe(401);
  });

  it("gives a key made with it a life of its own", async () => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    const reply = await collector.request("POST", "/v1/keys", { name: "a", scope: "metrics" }, cookie);
    expect(reply.body).toMatchObject({ expires_at: null });
  });
});

describe("which page may write with the cookie", () => {
  const https = "https://nps.example";
  const asked: [sent: string, to: string, hosts: string | undefined, allowed: boolean][] = [
    [https, https, undefined, true],
    ["http://nps.example", https, undefined, false],
    ["https://nps.example:8443", https, undefined, false],
    ["https://nps.example.", https, undefined, false],
    ["https://evil.nps.example", https, undefined, false],
    ["https://nps.example.evil.example", https, undefined, false],
    ["https://nps.example/", https, undefined, false],
    [`${https}, ${https}`, https, undefined, false],
    ["null", https, undefined, false],
    ["", https, undefined, false],
    ["https://nps.example:8443", "https://nps.example:8443", undefined, true],
    [https, "http://nps.example", undefined, false],
    ["http://127.0.0.1:8787", "http://127.0.0.1:8787", undefined, true],
    ["http://localhost:8787", "http://127.0.0.1:8787", undefined, false],
    // A host name that a stranger has pointed at this machine: its pages have the origin that they ask, and no list names it.
    ["http://rebound.example:8787", "http://rebound.example:8787", "127.0.0.1:8787 localhost:8787", false],
    ["http://127.0.0.1:8787", "http://127.0.0.1:8787", "127.0.0.1:8787 localhost:8787", true],
    ["http://localhost:8787", "http://localhost:8787", "127.0.0.1:8787 localhost:8787", true],
    ["https://localhost:8787", "http://localhost:8787", "127.0.0.1:8787 localhost:8787", false],
    ["http://localhost:8788", "http://localhost:8788", "127.0.0.1:8787 localhost:8787", false],
    // A proxy that passes requests on under another host name.
    [https, "https://vidhuk.account.example", "nps.example, surveys.example", true],
    ["https://surveys.example", "https://vidhuk.account.example", "nps.example, surveys.example", true],
    ["https://vidhuk.account.example", "https://vidhuk.account.example", "nps.example, surveys.example", false],
    ["http://nps.example", "https://vidhuk.account.example", "nps.example, surveys.example", false],
    ["null", https, "nps.example", false],
    ["https://", https, "nps.example", false],
  ];

  it.each(asked)("%j sent to %s, with HOSTS %j: %s", async (Origin, to, HOSTS, allowed) => {
    const served = aCollector({ secrets: HOSTS === undefined ? {} : { HOSTS } });
    const session = await signInAt(to);
    const attempts: [method: string, path: string, body?: unknown][] = [
      ["PATCH", `/v1/surveys/${survey}`, { brand: "Shop" }],
      ["POST", "/v1/session", { key: "test-admin-token" }],
      ["DELETE", "/v1/session"],
    ];
    for (const [method, path, body] of attempts) {
      served.rows.reset();
      const reply = await served.request(method, to + path, body, { ...session, ...(Origin && { Origin }) });
      expect(reply.status === 403, `${method} ${path}: ${reply.status}`).toBe(!allowed);
      if (!allowed) expect(served.rows.written).toBe(0);
    }
  });

  /** The cookie that a browser has for the host that it asks. */
  async function signInAt(to: string): Promise<Record<string, string>> {
    const { headers } = await collector.request(
      "POST",
      `${to}/v1/session`,
      { key: "test-admin-token" },
      { Origin: new URL(to).origin },
    );
    return { Cookie: headers.get("Set-Cookie")?.split(";")[0] ?? "" };
  }
});

describe("the end of a session", () => {
  it("says who is signed in and until when", async () => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    const { status, body } = await collector.get("/v1/session", cookie);
    expect([status, body]).toEqual([
      200,
      { key: "root", scope: "admin", survey: null, expires_at: "2026-12-06T12:00:00.000Z" },
    ]);
  });

  it("signs out at once, on the server too", async () => {
    const { cookie } = await signIn({ key: "test-admin-token" });
    const reply = await collector.request("DELETE", "/v1/session", undefined, cookie);
    expect([reply.status, reply.headers.get("Set-Cookie")]).toEqual([204, expect.stringContaining("Max-Age=0")]);
    expect((await collector.get("/v1/session", cookie)).status).toBe(401);
  });

  it("signs every browser of a key out", async () => {
    const { key } = await aKey();
    const [one, two] = [await signIn({ key }), await signIn({ key })];
    expect((await collector.request("DELETE", "/v1/session/all", undefined, one.cookie)).status).toBe(204);
    expect((await collector.get("/v1/session", two.cookie)).status).toBe(401);
  });

  it("ends with its key", async () => {
    const { key, id } = await aKey();
    const { cookie } = await signIn({ key });
    await collector.request("DELETE", `/v1/keys/${id}`, undefined, ADMIN);
    expect((await collector.get("/v1/session", cookie)).status).toBe(401);
  });

  it("ends after a fortnight, or with its key's expiry", async () => {
    const late = aCollector();
    const soon = await aKey({ expires_at: "2026-11-23T12:00:00Z" });
    const long = await signIn({ key: "test-admin-token" });
    const short = await signIn({ key: soon.key });
    expect(short.body.expires_at).toBe("2026-11-23T12:00:00.000Z");
    late.clock.now += DAY;
    expect((await late.get("/v1/session", short.cookie)).status).toBe(401);
    expect((await late.get("/v1/session", long.cookie)).status).toBe(200);
    late.clock.now += 13 * DAY;
    expect((await late.get("/v1/session", long.cookie)).status).toBe(401);
  });
});

describe("a one-time code", () => {
  it("signs in once as the key that made it", async () => {
    const { key } = await aKey({ survey });
    const { code, expires_at } = await aCode({ Authorization: `Bearer ${key}` });
    expect(expires_at).toBe("2026-11-22T12:10:00.000Z");
    const first = await signIn({ code });
    expect([first.status, first.body.scope, first.body.survey]).toEqual([201, "comments", survey]);
    expect((await signIn({ code })).status).toBe(401);
  });

  it("is good for ten minutes", async () => {
    const { code } = await aCode();
    const later = aCollector();
    later.clock.now += 10 * MINUTE;
    expect((await later.request("POST", "/v1/session", { code }, OURS)).status).toBe(401);
  });

  it.each([1, 3])("is good for %i days where it is to reach somebody else", async (days) => {
    const path = `/v1/session/codes?expires_in_days=${days}`;
    const { body } = await collector.request<SignInCode>("POST", path, undefined, ADMIN);
    expect(Date.parse(body.expires_at) - collector.clock.now).toBe(days * DAY);
    const later = aCollector();
    later.clock.now += days * DAY - 1;
    const send = () => later.request("POST", "/v1/session", { code: body.code }, OURS);
    expect([(await send()).status, (await send()).status]).toEqual([201, 401]);
    const late = await collector.request<SignInCode>("POST", path, undefined, ADMIN);
    later.clock.now += 1;
    expect((await later.request("POST", "/v1/session", { code: late.body.code }, OURS)).status).toBe(401);
  });

  it.each(["0", "4", "1.5", "-1", "", "week"])("is not made for %s days", async (days) => {
    const path = `/v1/session/codes?expires_in_days=${days}`;
    const { status, body } = await collector.request<ProblemBody>("POST", path, undefined, ADMIN);
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: "/expires_in_days", detail: "must be a whole number from 1 to 3" }],
    ]);
  });

  it("never outlives its key", async () => {
    const { key } = await aKey({ expires_at: "2026-11-23T12:00:00Z" });
    const path = "/v1/session/codes?expires_in_days=3";
    const reply = await collector.request<SignInCode>("POST", path, undefined, { Authorization: `Bearer ${key}` });
    expect(reply.body.expires_at).toBe("2026-11-23T12:00:00.000Z");
  });

  it("is gone when its key signs out everywhere, and those of other keys stay", async () => {
    const { key } = await aKey();
    const mine = { Authorization: `Bearer ${key}` };
    const [gone, stays] = [await aCode(mine), await aCode()];
    expect((await collector.request("DELETE", "/v1/session/all", undefined, mine)).status).toBe(204);
    expect((await signIn({ code: gone.code })).status).toBe(401);
    expect((await signIn({ code: stays.code })).status).toBe(201);
  });

  it("is not made for strangers", async () => {
    expect((await collector.request("POST", "/v1/session/codes", {}, OURS)).status).toBe(401);
  });
});
