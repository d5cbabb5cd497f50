/** Wrong bodies to POST /v1/responses: each is refused with its own code and pointer, and nothing is written. */

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { Collector } from "../support/collector.ts";
import { aCollector, anId, aResponse } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const nest = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, index]));
/** A body with an answer in raw JSON, for values that JSON.stringify does not write. */
const withNps = (raw: string) => (id: string) => `{"survey":"${survey}","id":"${id}","nps":${raw}}`;
const withFields = (fields: object) => (id: string) => JSON.stringify({ survey, id, nps: 9, ...fields });
const plain = (body: string) => () => body;

const bodies: [name: string, body: (id: string) => string, status: number, code: string, pointer?: string][] = [
  ["nothing", plain(""), 400, "not_json"],
  ["words", plain("nps=9"), 400, "not_json"],
  ["half an object", plain('{"survey":'), 400, "not_json"],
  ["an array", plain("[]"), 422, "invalid", ""],
  ["a string", plain('"9"'), 422, "invalid", ""],
  ["null", plain("null"), 422, "invalid", ""],
  ["nesting 5,000 deep", (id) => `{"survey":"${survey}","id":"${id}","nps":${nest(5000)}}`, 422, "invalid", "/nps"],
  [
    "more than the largest response",
    plain(JSON.stringify({ comment: "x".repeat(limits.responseBytes) })),
    413,
    "body_too_large",
  ],
  ["20 kB of comment", withFields({ comment: "x".repeat(20_000) }), 422, "invalid", "/comment"],
  ["a score in quotes", withNps('"9"'), 422, "invalid", "/nps"],
  ["half a score", withNps("9.5"), 422, "invalid", "/nps"],
  ["true for a score", withNps("true"), 422, "invalid", "/nps"],
  ["null for a score", withNps("null"), 422, "invalid", "/nps"],
  ["-1", withNps("-1"), 422, "invalid", "/nps"],
  ["11", withNps("11"), 422, "invalid", "/nps"],
  ["1e309", withNps("1e309"), 422, "invalid", "/nps"],
  ["a list of scores", withNps("[9]"), 422, "invalid", "/nps"],
  ["satisfaction 0", withFields({ csat: 0 }), 422, "invalid", "/csat"],
  ["satisfaction 6", withFields({ csat: 6 }), 422, "invalid", "/csat"],
  ["null for a comment", withFields({ comment: null }), 422, "invalid", "/comment"],
  ["2,001 code points", withFields({ comment: "😀".repeat(2001) }), 422, "invalid", "/comment"],
  ["no survey", (id) => JSON.stringify({ id, nps: 9 }), 422, "invalid", "/survey"],
  ["a survey of another form", withFields({ survey: "1 OR 1=1" }), 422, "invalid", "/survey"],
  ["a survey that is not there", withFields({ survey: "srv_nobodyhere" }), 404, "unknown_survey", "/survey"],
  ["no id", () => JSON.stringify({ survey, nps: 9 }), 422, "invalid", "/id"],
  ["a UUIDv4", withFields({ id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" }), 422, "invalid", "/id"],
  ["no answer at all", (id) => JSON.stringify({ survey, id }), 422, "no_answer"],
  ["an empty comment only", (id) => JSON.stringify({ survey, id, comment: "" }), 422, "no_answer"],
  ["an unknown field", withFields({ score: 9 }), 422, "unknown_field", "/score"],
  ["an unknown field with a slash", withFields({ "a/b~c": 9 }), 422, "unknown_field", "/a~1b~0c"],
  [
    "a nested unknown field",
    withFields({ respondent: { id: "a", mail: "b" } }),
    422,
    "unknown_field",
    "/respondent/mail",
  ],
  ["a nested property", withFields({ properties: { plan: { a: 1 } } }), 422, "invalid", "/properties/plan"],
  ["a list as property", withFields({ properties: { plan: ["pro"] } }), 422, "invalid", "/properties/plan"],
  ["properties as a list", withFields({ properties: ["pro"] }), 422, "invalid", "/properties"],
  ["a thousand names", withFields({ properties: names(1000) }), 422, "invalid", "/properties"],
  ["a name too long", withFields({ properties: { ["n".repeat(41)]: 1 } }), 422, "invalid"],
  ["an empty name", withFields({ properties: { " ": 1 } }), 422, "invalid"],
  ["a value too long", withFields({ properties: { plan: "x".repeat(201) } }), 422, "invalid", "/properties/plan"],
  [
    "an endless number",
    (id) => withFields({ properties: { n: 0 } })(id).replace('"n":0', '"n":1e999'),
    422,
    "invalid",
    "/properties/n",
  ],
  ["a respondent as a string", withFields({ respondent: "ann" }), 422, "invalid", "/respondent"],
  ["a respondent without a name", withFields({ respondent: { id: " " } }), 422, "invalid", "/respondent/id"],
  ["a script for a page", withFields({ page: "javascript:alert(1)" }), 422, "invalid", "/page"],
  ["rubbish for a locale", withFields({ locale: "<b>" }), 422, "invalid", "/locale"],
  ["a short secret", withFields({ secret: "abc" }), 422, "invalid", "/secret"],
  ["half a rev", withFields({ rev: 0.5 }), 422, "invalid", "/rev"],
  ["yes for a test", withFields({ test: "yes" }), 422, "invalid", "/test"],
];

describe("hostile bodies", () => {
  it.each(bodies)("%s", async (_, body, status, code, pointer) => {
    collector.rows.reset();
    const reply = await collector.post(body(anId()));
    expect(reply.status).toBe(status);
    expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
    expect(reply.body).toMatchObject({ code, status, type: `urn:vidhuk:problem:${code}` });
    if (pointer !== undefined) expect(reply.body.errors).toMatchObject([{ pointer }]);
    expect(collector.rows.written).toBe(0);
  });

  // A browser sends Content-Length; a stream has none.
  describe.each([
    ["announced", (length: number) => ({ "Content-Length": String(length) })],
    ["not announced", () => ({})],
  ])("its length %s", (_, headersFor) => {
    const send = (body: Uint8Array) => collector.request("POST", "/v1/responses", body, headersFor(body.length));

    it("more than the largest response", async () => {
      expect((await send(new Uint8Array(limits.responseBytes + 1).fill(0x20))).body.code).toBe("body_too_large");
    });

    it("bytes that are not UTF-8", async () => {
      expect((await send(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).body.code).toBe("not_json");
    });

    it("a proper response is taken", async () => {
      expect((await send(new TextEncoder().encode(JSON.stringify(aResponse(survey))))).status).toBe(201);
    });
  });

  it("a form", async () => {
    const reply = await collector.post("nps=9", { "Content-Type": "application/x-www-form-urlencoded" });
    expect(reply.status).toBe(415);
  });

  it.each([
    ["a score in quotes", withNps('"9"'), "/nps must be a whole number from 0 to 10"],
    ["null for a score", withNps("null"), "/nps must be a whole number from 0 to 10"],
    ["no survey", (id: string) => JSON.stringify({ id, nps: 9 }), "/survey is missing"],
    ["an array", plain("[]"), "the body must be an object"],
    ["null for a comment", withFields({ comment: null }), "/comment must be a string"],
    ["properties as a list", withFields({ properties: ["pro"] }), "/properties must be an object"],
  ])("says what is wrong with %s, and not that it is missing when it is there", async (_, body, detail) => {
    expect((await collector.post(body(anId()))).body.detail).toBe(detail);
  });

  it("points at every fault at once, and no more than twenty of them", async () => {
    const reply = await collector.post({ survey, id: anId(), nps: 11, csat: 0, rev: -1 });
    expect(reply.body.errors).toMatchObject([{ pointer: "/rev" }, { pointer: "/nps" }, { pointer: "/csat" }]);
    const flood = await collector.post({ ...names(500), survey });
    expect(flood.body.errors).toHaveLength(20);
  });

  it("keeps numbers that only look alike apart", async () => {
    const properties = { a: "1", b: 1, c: "1.0", d: true, e: "true", f: null, __proto__x: "y" };
    const response = aResponse(survey, { properties });
    expect((await collector.post(response)).status).toBe(201);
    const row = await env.DB.prepare("SELECT properties FROM responses WHERE id = ?").bind(response.id).first();
    expect(JSON.parse(String(row?.properties))).toEqual(properties);
  });

  it("a property named __proto__ poisons nothing", async () => {
    const reply = await collector.post(
      `{"survey":"${survey}","id":"${anId()}","nps":9,"properties":{"__proto__":"x"}}`,
    );
    expect([201, 422]).toContain(reply.status);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("comments that only look hostile", () => {
  const comment = async (text: string) => {
    const id = anId();
    const reply = await collector.post(`{"survey":"${survey}","id":"${id}","nps":9,"comment":${text}}`);
    expect(reply.status).toBe(201);
    return env.DB.prepare("SELECT comment FROM responses WHERE id = ?").bind(id).first("comment");
  };

  it("half an emoji becomes a replacement character, and the score is kept", async () => {
    expect(await comment('"good \\ud83d"')).toBe("good \ufffd");
  });

  it("control characters are replaced, line breaks stay", async () => {
    expect(await comment('"a\\u0000b\\u001bc\\r\\nd\\te"')).toBe("a\ufffdb\ufffdc\nd\te");
  });

  it("2,000 emoji are stored whole", async () => {
    expect(await comment(JSON.stringify("😀".repeat(2000)))).toBe("😀".repeat(2000));
  });
});

describe("methods", () => {
  it.each(["GET", "PUT", "DELETE", "PATCH", "HEAD"])(
    "%s on the door is 405 and says what is allowed",
    async (method) => {
      const reply = await collector.request(method, "/v1/responses");
      expect(reply.status).toBe(405);
      expect(reply.headers.get("Allow")).toBe("POST, OPTIONS");
    },
  );

  it("answers a preflight without a credential and without a row", async () => {
    collector.rows.reset();
    const reply = await collector.request("OPTIONS", "/v1/responses", undefined, {
      Origin: "https://shop.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type",
    });
    expect(reply.status).toBe(204);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(reply.headers.get("Access-Control-Allow-Headers")).toBe("content-type");
    expect(reply.headers.get("Access-Control-Max-Age")).toBe("86400");
    expect(reply.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(collector.rows.queries).toBe(0);
  });

  it.each([
    [undefined, "Content-Type"],
    ["baggage,content-type,traceparent", "baggage,content-type,traceparent"],
    ["authorization, x-csrf-token", "authorization, x-csrf-token"],
    ["x".repeat(1001), "*"],
    ["x-a: 1", "*"],
  ])("a preflight for the headers %j allows %j", async (asked, allowed) => {
    for (const door of ["/v1/responses", "/v1/events", "/v1/eligibility"]) {
      const reply = await collector.request("OPTIONS", door, undefined, {
        Origin: "https://shop.example",
        ...(asked !== undefined && { "Access-Control-Request-Headers": asked }),
      });
      expect([reply.status, reply.headers.get("Access-Control-Allow-Headers")]).toEqual([204, allowed]);
    }
  });

  it.each(["Bearer eyJhbGciOiJIUzI1NiJ9.e30.x", "Basic c2hvcDpzaG9w", "Bearer", "token"])(
    "a page that puts `Authorization: %s` of its own on every request loses no answer",
    async (Authorization) => {
      const reply = await collector.post(aResponse(survey), { Origin: "https://shop.example", Authorization });
      expect(reply.status).toBe(201);
      const server = await collector.post(aResponse(survey), { Authorization });
      expect(server.status, "a server with a wrong key is told so").toBe(401);
    },
  );

  it("a key of ours that is not valid is refused from a page too", async () => {
    const from = { Origin: "https://shop.example", Authorization: `Bearer vhk_${"0".repeat(50)}` };
    expect((await collector.post(aResponse(survey), from)).status).toBe(401);
  });

  it("an address that is nowhere is 404 as problem+json", async () => {
    const reply = await collector.get("/v1/nowhere");
    expect(reply.status).toBe(404);
    expect(reply.body.code).toBe("not_found");
  });

  it("every reply says what it is and is not sniffed, framed or kept", async () => {
    for (const path of ["/v1/nowhere", "/health", "/v1/surveys"]) {
      const { headers } = await collector.get(path);
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("too many from one client are 429 with the time to wait", async () => {
    const braked = aCollector({ rateLimit: "" });
    const from = { Origin: "https://shop.example", "CF-Connecting-IP": "203.0.113.9" };
    const replies = [];
    // More than two minutes of the platform's take: a flood may reach from one into the next.
    for (let count = 0; count < 65; count++) replies.push(await braked.post(aResponse(survey), from));
    const refused = replies.filter((reply) => reply.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("Retry-After")).toBe("60");
    expect((await braked.post(aResponse(survey), { ...from, "CF-Connecting-IP": "203.0.113.10" })).status).toBe(201);
  });
});
