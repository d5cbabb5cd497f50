import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector } from "../support/collector.ts";
import { anIdentityKey, identityToken } from "../support/identity.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

describe("signing keys", () => {
  it("shows an identity secret once and never lists it", async () => {
    const key = await anIdentityKey(collector, survey);
    expect(key).toMatchObject({ use: "identity", created_at: "2026-11-22T12:00:00.000Z" });
    expect(key.secret).toMatch(/^vhs_[0-9A-Za-z]{43}$/);
    const list = await collector.get(`/v1/surveys/${survey}/signing-keys`);
    expect(list.text).toContain(key.id);
    expect(list.text).not.toContain(key.secret);
  });

  it("never shows the secret of a link key", async () => {
    const reply = await collector.request("POST", `/v1/surveys/${survey}/signing-keys`, { use: "links" }, ADMIN);
    expect(reply.status).toBe(201);
    expect(reply.body.secret).toBeUndefined();
  });

  it("two keys hold side by side, and one that is deleted proves nothing from then on", async () => {
    const [old, fresh] = [await anIdentityKey(collector, survey), await anIdentityKey(collector, survey)];
    const verified = async (key: { id: string; secret: string }) => {
      const token = await identityToken(key, { sub: "ann", aud: survey });
      const reply = await collector.request("POST", "/v1/eligibility", { survey, id: "ann", token });
      return reply.body.reason !== "unverified";
    };
    expect([await verified(old), await verified(fresh)]).toEqual([true, true]);
    const gone = await collector.request("DELETE", `/v1/surveys/${survey}/signing-keys/${old.id}`, undefined, ADMIN);
    expect(gone.status).toBe(204);
    expect([await verified(old), await verified(fresh)]).toEqual([false, true]);
  });

  it("a survey cannot delete its neighbour's key", async () => {
    const neighbour = await collector.makeSurvey();
    const key = await anIdentityKey(collector, neighbour);
    const reply = await collector.request("DELETE", `/v1/surveys/${survey}/signing-keys/${key.id}`, undefined, ADMIN);
    expect(reply.status).toBe(404);
  });

  it.each([["GET"], ["POST"]])("%s needs an admin key", async (method) => {
    const body = method === "GET" ? undefined : {};
    expect((await collector.request(method, `/v1/surveys/${survey}/signing-keys`, body)).status).toBe(401);
  });

  it("an unknown use is refused by name", async () => {
    const reply = await collector.request("POST", `/v1/surveys/${survey}/signing-keys`, { use: "pages" }, ADMIN);
    expect(reply.body).toMatchObject({ code: "invalid", errors: [{ pointer: "/use" }] });
  });

  it("the collector's own page key cannot be used for an identity", async () => {
    const secret = await env.DB.prepare("SELECT secret FROM signing_keys WHERE id = 'pages000'").first<string>(
      "secret",
    );
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const token = await identityToken({ id: "pages000", secret: secret ?? "" }, { sub: "ann", aud: survey });
    const reply = await collector.request("POST", "/v1/eligibility", { survey, id: "ann", token });
    expect(reply.body.reason).toBe("unverified");
  });
});
