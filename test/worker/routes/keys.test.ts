import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../../../shared/vocabulary.ts";
import { idOfKey } from "../../../worker/crypto/api-key.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, DAY, NOON } from "../support/collector.ts";

let collector: Collector;
let survey: string;
let other: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
  other = await collector.makeSurvey();
});

async function makeKey(fields: object, headers: Record<string, string> = ADMIN) {
  return collector.request<{ id: string; key: string }>("POST", "/v1/keys", { name: "team", ...fields }, headers);
}

async function aKey(scope: Scope, bound: string | null = null): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${(await makeKey({ scope, survey: bound })).body.key}` };
}

describe("scopes", () => {
  it("a bound key lists its own survey only, and makes none", async () => {
    const bound = await aKey("admin", survey);
    const listed = await collector.get<{ items: { id: string }[] }>("/v1/surveys", bound);
    expect(listed.body.items.map((each) => each.id)).toEqual([survey]);
    expect((await collector.request("POST", "/v1/surveys", { name: "x" }, bound)).status).toBe(403);
  });
});

describe("keys", () => {
  it("are shown once, kept as a hash, and known to secret scanners by prefix and checksum", async () => {
    const { body } = await makeKey({ scope: "metrics" });
    expect(body.key).toMatch(/^vhk_[0-9A-Za-z]{50}$/);
    expect(idOfKey(body.key)).toBe(body.id);
    const dump = JSON.stringify((await env.DB.prepare("SELECT * FROM keys").all()).results);
    expect(dump).toContain(body.id);
    expect(dump).not.toContain(body.key.slice(16));
    expect((await collector.get("/v1/keys")).text).not.toContain(body.key.slice(16));
  });

  it("with a wrong checksum are refused without asking the database", async () => {
    const { body } = await makeKey({ scope: "metrics" });
    const forged = body.key.slice(0, -1) + (body.key.endsWith("a") ? "b" : "a");
    collector.rows.reset();
    expect((await collector.get("/v1/surveys", { Authorization: `Bearer ${forged}` })).status).toBe(401);
    expect(collector.rows.queries).toBe(0);
  });

  it.each(["Bearer", "Bearer ", "Basic dGVzdA==", "Bearer vhk_", `Bearer ${"x".repeat(5000)}`])(
    "%s is 401 and says how",
    async (authorization) => {
      const reply = await collector.get("/v1/surveys", { Authorization: authorization });
      expect(reply.status).toBe(401);
      expect(reply.headers.get("WWW-Authenticate")).toContain("Bearer");
    },
  );

  it("stop at once when revoked, and when they expire", async () => {
    const { body } = await makeKey({ scope: "metrics", expires_at: "2026-11-23T12:00:00Z" });
    const key = { Authorization: `Bearer ${body.key}` };
    expect((await collector.get("/v1/surveys", key)).status).toBe(200);
    const later = aCollector();
    later.clock.now = NOON + DAY;
    expect((await later.get("/v1/surveys", key)).status).toBe(401);
    expect((await collector.request("DELETE", `/v1/keys/${body.id}`, undefined, ADMIN)).status).toBe(204);
    expect((await collector.get("/v1/surveys", key)).status).toBe(401);
    expect((await collector.request("DELETE", `/v1/keys/${body.id}`, undefined, ADMIN)).status).toBe(404);
  });

  it("make only keys within their own bounds", async () => {
    const bound = await aKey("admin", survey);
    expect((await makeKey({ scope: "metrics", survey }, bound)).status).toBe(201);
    expect((await makeKey({ scope: "metrics", survey: other }, bound)).status).toBe(403);
    expect((await makeKey({ scope: "metrics" }, bound)).status).toBe(403);
    const { body } = await makeKey({ scope: "admin", expires_at: "2026-12-01T00:00:00Z" });
    const short = { Authorization: `Bearer ${body.key}` };
    expect((await makeKey({ scope: "metrics", expires_at: "2027-01-01T00:00:00Z" }, short)).status).toBe(422);
    const heir = await makeKey({ scope: "metrics" }, short);
    expect(heir.body).toMatchObject({ expires_at: "2026-12-01T00:00:00.000Z" });
  });

  it("of another survey can be neither seen nor revoked by a bound admin", async () => {
    const bound = await aKey("admin", survey);
    const { body } = await makeKey({ scope: "metrics", survey: other });
    expect((await collector.get("/v1/keys", bound)).text).not.toContain(body.id);
    expect((await collector.request("DELETE", `/v1/keys/${body.id}`, undefined, bound)).status).toBe(404);
  });

  it.each([
    ["no scope", { scope: undefined }, "/scope"],
    ["a scope of no kind", { scope: "root" }, "/scope"],
    ["a survey that is not there", { scope: "metrics", survey: "srv_nobodyhere" }, "/survey"],
    ["an expiry in the past", { scope: "metrics", expires_at: "2020-01-01T00:00:00Z" }, "/expires_at"],
    ["an unknown field", { scope: "metrics", colour: "red" }, "/colour"],
  ])("with %s are refused with a pointer", async (_, fields, pointer) => {
    const reply = await makeKey(fields);
    expect(reply.status).toBe(422);
    expect((reply.body as unknown as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe(pointer);
  });
});
