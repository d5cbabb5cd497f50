/** An identity counts only if a token of the owner's server proves it. With a bad token the answer is still stored. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { NewSigningKey } from "../../../shared/schema/signing-key.ts";
import type { Collector } from "../support/collector.ts";
import { aCollector, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import type { Claims } from "../support/identity.ts";
import { anIdentityKey, encode, identityToken } from "../support/identity.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
let survey: string;
let key: Required<NewSigningKey>;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
  key = await anIdentityKey(collector, survey);
});

async function storedAs(id: string) {
  const row = await env.DB.prepare("SELECT respondent_id, respondent_verified FROM responses WHERE id = ?")
    .bind(id)
    .first();
  return row && { id: row.respondent_id, verified: row.respondent_verified === 1 };
}

const token = (claims: Partial<Claims> = {}, prefix?: string) =>
  identityToken(key, { sub: "ann", aud: survey, ...claims }, prefix);

describe("an identity token", () => {
  it("makes its bearer verified", async () => {
    const response = aResponse(survey, { respondent: { id: "ann", token: await token() } });
    expect((await collector.post(response)).status).toBe(201);
    expect(await storedAs(response.id)).toEqual({ id: "ann", verified: true });
  });

  it("works for a name of any script", async () => {
    const respondent = { id: "Олена 😀", token: await token({ sub: "Олена 😀" }) };
    const response = aResponse(survey, { respondent });
    await collector.post(response);
    expect(await storedAs(response.id)).toEqual({ id: "Олена 😀", verified: true });
  });

  const bad: [name: string, make: () => Promise<string>][] = [
    ["for somebody else", () => token({ sub: "bob" })],
    ["for another survey", () => token({ aud: "srv_another" })],
    ["that has run out", () => token({ exp: NOON / 1000 })],
    ["that runs out never", () => token({ exp: Number.NaN })],
    ["of an unknown key", () => token({ kid: "nobody00" })],
    ["of the collector's own key", () => token({ kid: "pages000" })],
    ["signed for another purpose", () => token({}, "link.v1.")],
    ["with another secret", () => identityToken({ id: key.id, secret: "vhs_guess" }, { sub: "ann", aud: survey })],
    ["with no signature", async () => (await token()).split(".")[0] ?? ""],
    ["with an empty signature", async () => `${(await token()).split(".")[0]}.`],
    ["with half a signature", async () => (await token()).slice(0, -22)],
    ["with a third part", async () => `${await token()}.x`],
    ["with padding", async () => `${await token()}=`],
    ["that is words", async () => "let me in"],
    ["that is nothing", async () => ""],
    ["that holds a list", async () => `${encode(new TextEncoder().encode("[]"))}.AAAA`],
    ["that holds bytes", async () => `${encode(new Uint8Array([255, 254]))}.AAAA`],
  ];

  it.each(bad)("%s leaves the answer stored and its sender unverified", async (_, make) => {
    const response = aResponse(survey, { respondent: { id: "ann", token: await make() } });
    expect((await collector.post(response)).status).toBe(201);
    expect(await storedAs(response.id)).toEqual({ id: "ann", verified: false });
  });

  it("once believed for a response, stays so when it runs out before the comment comes", async () => {
    const respondent = { id: "ann", token: await token({ exp: (NOON + 60_000) / 1000 }) };
    const response = aResponse(survey, { respondent });
    await collector.post(response);
    collector.clock.now = NOON + HOUR;
    expect((await collector.post({ ...response, comment: "late" })).status).toBe(200);
    collector.clock.now = NOON;
    expect(await storedAs(response.id)).toEqual({ id: "ann", verified: true });
    await expectRecountAgrees(survey);
  });

  it("does not lend its proof to another name on the same response", async () => {
    const response = aResponse(survey, { respondent: { id: "ann", token: await token() } });
    await collector.post(response);
    await collector.post({ ...response, respondent: { id: "bob" } });
    expect(await storedAs(response.id)).toEqual({ id: "bob", verified: false });
    await expectRecountAgrees(survey);
  });
});

describe("eligibility", () => {
  const ask = async (id: string, given?: string) => {
    collector.rows.reset();
    const body = { survey, id, token: given ?? (await token({ sub: id, exp: (NOON + 400 * DAY) / 1000 })) };
    const reply = await collector.request("POST", "/v1/eligibility", body, { "Content-Type": "text/plain" });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(collector.rows.written).toBe(0);
    return reply.body;
  };

  it("a person never heard from may be asked", async () => {
    expect(await ask("new")).toEqual({ ask: true });
  });

  it("holds back who answered within the survey's throttle, and no longer", async () => {
    const sub = "answered";
    await collector.post(aResponse(survey, { respondent: { id: sub, token: await token({ sub }) } }));
    expect(await ask(sub)).toEqual({ ask: false, reason: "answered_recently" });
    collector.clock.now = NOON + 90 * DAY;
    expect(await ask(sub)).toEqual({ ask: true });
    collector.clock.now = NOON;
  });

  it("is not moved by what strangers send in a customer's name", async () => {
    await collector.post(aResponse(survey, { respondent: { id: "victim" } }));
    expect(await ask("victim")).toEqual({ ask: true });
  });

  it("tells nothing of anyone to a bearer without proof", async () => {
    expect(await ask("answered", "x.y")).toEqual({ ask: true, reason: "unverified", token_fault: "malformed" });
  });

  it("holds back who has unsubscribed", async () => {
    await env.DB.prepare("INSERT INTO unsubscribes VALUES ('', 'gone', 'api', 0)").run();
    expect(await ask("gone")).toEqual({ ask: false, reason: "unsubscribed" });
  });

  it("reads a handful of rows", async () => {
    await ask("answered");
    expect(collector.rows.read).toBeLessThanOrEqual(8);
  });
});

describe("hostile bodies for eligibility", () => {
  const bodies: [name: string, body: () => unknown, status: number, code: string, pointer?: string][] = [
    ["nothing", () => "", 400, "not_json"],
    ["a list", () => [], 422, "invalid", ""],
    ["no token", () => ({ survey, id: "ann" }), 422, "invalid", "/token"],
    ["no id", () => ({ survey, token: "a.b" }), 422, "invalid", "/id"],
    ["an empty id", () => ({ survey, id: " ", token: "a.b" }), 422, "invalid", "/id"],
    ["a long id", () => ({ survey, id: "x".repeat(201), token: "a.b" }), 422, "invalid", "/id"],
    ["a long token", () => ({ survey, id: "ann", token: "x".repeat(4001) }), 422, "invalid", "/token"],
    ["a token that is a number", () => ({ survey, id: "ann", token: 1 }), 422, "invalid", "/token"],
    ["another field", () => ({ survey, id: "ann", token: "a.b", mail: "x" }), 422, "unknown_field", "/mail"],
    ["an unknown survey", () => ({ survey: "srv_nobodyhere", id: "ann", token: "a.b" }), 404, "unknown_survey"],
    ["40 kB", () => "x".repeat(40_000), 413, "body_too_large"],
  ];

  it.each(bodies)("%s", async (_, body, status, code, pointer) => {
    const reply = await collector.request("POST", "/v1/eligibility", body());
    expect(reply.status).toBe(status);
    expect(reply.body.code).toBe(code);
    if (pointer !== undefined) expect(reply.body.errors).toMatchObject([{ pointer }]);
  });
});
