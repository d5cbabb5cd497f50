import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ApiKey } from "../../../shared/schema/key.ts";
import type { Scope } from "../../../shared/vocabulary.ts";
import { idOfKey } from "../../../worker/crypto/api-key.ts";
import makersMigration from "../../../worker/migrations/0050_makers_of_keys.sql?raw";
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

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

/** A key that made a key that made a key, and one that none of them made. */
async function aTree() {
  const make = async (fields: object, headers = ADMIN) => (await makeKey(fields, headers)).body;
  const maker = await make({ scope: "admin" });
  const made = await make({ scope: "admin" }, bearer(maker.key));
  const leaf = await make({ scope: "metrics" }, bearer(made.key));
  const bystander = await make({ scope: "admin" });
  return { maker, made, leaf, bystander, all: [maker, made, leaf] };
}

async function sessionOf(key: string): Promise<Record<string, string>> {
  const { headers } = await collector.request("POST", "/v1/session", { key }, { Origin: "http://localhost" });
  return { Cookie: headers.get("Set-Cookie")?.split(";")[0] ?? "" };
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

  it("name the key that made them, in a list that root's own begin", async () => {
    const { maker, made } = await aTree();
    const { body } = await collector.get<{ items: ApiKey[] }>("/v1/keys?limit=100");
    const makerOf = (id: string) => body.items.find((key) => key.id === id)?.made_by;
    expect([makerOf(maker.id), makerOf(made.id)]).toEqual([null, maker.id]);
    expect(made).toMatchObject({ made_by: maker.id });
  });

  it("go with the key that made them, and with the one that made that, and so do their sessions", async () => {
    const tree = await aTree();
    const sessions = [];
    for (const { key } of tree.all) sessions.push(await sessionOf(key));
    for (const session of sessions) expect((await collector.get("/v1/session", session)).status).toBe(200);
    const { code } = (await collector.request<{ code: string }>("POST", "/v1/session/codes", {}, bearer(tree.leaf.key)))
      .body;

    const path = `/v1/keys/${tree.maker.id}`;
    expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
    for (const { key } of tree.all) expect((await collector.get("/v1/surveys", bearer(key))).status).toBe(401);
    for (const session of sessions) expect((await collector.get("/v1/session", session)).status).toBe(401);
    const signIn = await collector.request("POST", "/v1/session", { code }, { Origin: "http://localhost" });
    expect(signIn.status).toBe(401);
    expect((await collector.get("/v1/surveys", bearer(tree.bystander.key))).status).toBe(200);
    for (const { id } of tree.all)
      for (const table of ["sessions", "sign_in_codes"])
        expect(await env.DB.prepare(`SELECT 1 FROM ${table} WHERE key_id = ?`).bind(id).first()).toBeNull();
    const logged = await collector.get<{ items: { act: string; target: string; detail: string[] }[] }>(
      "/v1/audit?limit=100",
    );
    const [line] = logged.body.items.filter(
      ({ act, target }) => act === "DELETE /v1/keys/:key" && target === tree.maker.id,
    );
    expect(line?.detail.toSorted()).toEqual([tree.made.id, tree.leaf.id].toSorted());
  });

  it("stay where the call asks for it", async () => {
    const { maker, made, leaf } = await aTree();
    expect((await collector.request("DELETE", `/v1/keys/${maker.id}?made=keep`, undefined, ADMIN)).status).toBe(204);
    expect((await collector.get("/v1/surveys", bearer(maker.key))).status).toBe(401);
    for (const { key } of [made, leaf]) expect((await collector.get("/v1/surveys", bearer(key))).status).toBe(200);
    expect((await collector.request("DELETE", `/v1/keys/${made.id}?made=some`, undefined, ADMIN)).status).toBe(422);
  });

  it("made with a session are made by the session's key", async () => {
    const { maker } = await aTree();
    const session = { ...(await sessionOf(maker.key)), Origin: "http://localhost" };
    expect((await makeKey({ scope: "metrics" }, session)).body).toMatchObject({ made_by: maker.id });
  });

  it("are made by no key that is being revoked: whatever comes first, none is left", async () => {
    for (let round = 0; round < 5; round++) {
      const { maker } = await aTree();
      const [, ...made] = await Promise.all([
        collector.request("DELETE", `/v1/keys/${maker.id}`, undefined, ADMIN),
        ...Array.from({ length: 8 }, () => makeKey({ scope: "admin" }, bearer(maker.key))),
      ]);
      for (const { status, body } of made) {
        expect([201, 401]).toContain(status);
        if (status === 201) expect((await collector.get("/v1/surveys", bearer(body.key))).status).toBe(401);
      }
      expect(await env.DB.prepare("SELECT 1 FROM keys WHERE made_by = ?").bind(maker.id).first()).toBeNull();
    }
  });

  it("of before makers were kept are roots of their own, unless the log names the maker", async () => {
    const { maker, made, bystander } = await aTree();
    await env.DB.prepare("UPDATE keys SET made_by = NULL WHERE true").run();
    const [, fill = ""] = makersMigration.split(";").filter((each) => each.includes("keys"));
    await env.DB.prepare(fill.replace(/^\s*--.*$/gm, "")).run();
    const { results } = await env.DB.prepare("SELECT id, made_by FROM keys WHERE id IN (?, ?, ?)")
      .bind(maker.id, made.id, bystander.id)
      .all();
    expect(results).toContainEqual({ id: made.id, made_by: maker.id });
    expect(results).toContainEqual({ id: maker.id, made_by: null });
    expect(results).toContainEqual({ id: bystander.id, made_by: null });
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
