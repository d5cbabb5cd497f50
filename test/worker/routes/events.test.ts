import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector, aResponse } from "../support/collector.ts";

let collector: Collector;
let counting: string;
let silent: string;

beforeAll(async () => {
  collector = aCollector();
  counting = await collector.makeSurvey({ count_views: true });
  silent = await collector.makeSurvey();
});

const send = (body: unknown, headers: Record<string, string> = { "Content-Type": "text/plain" }) =>
  collector.request("POST", "/v1/events", body, { Origin: "https://shop.example", ...headers });

describe("events", () => {
  it("counts views and dismissals where the owner wants them counted, and none of them as a response", async () => {
    for (const type of ["shown", "shown", "shown", "dismissed"])
      expect((await send({ survey: counting, type })).body).toEqual({ counted: true });
    await collector.post(aResponse(counting));
    const { body } = await collector.get(`/v1/surveys/${counting}/metrics`);
    expect(body).toMatchObject({ shown: 3, dismissed: 1, responses: 1, response_rate: 33.3 });
  });

  it("costs one written row", async () => {
    collector.rows.reset();
    await send({ survey: counting, type: "shown" });
    expect(collector.rows.written).toBe(1);
  });

  it("writes nothing where views are not counted", async () => {
    collector.rows.reset();
    expect((await send({ survey: silent, type: "shown" })).body).toEqual({ counted: false });
    expect(collector.rows.written).toBe(0);
  });

  it("is refused from a page that the survey does not list", async () => {
    const bound = await collector.makeSurvey({ count_views: true, origins: ["https://shop.example"] });
    expect((await send({ survey: bound, type: "shown" })).status).toBe(200);
    const reply = await send({ survey: bound, type: "shown" }, { Origin: "https://evil.example" });
    expect(reply.body).toMatchObject({ code: "origin_not_allowed", status: 403 });
  });

  it("answers a preflight", async () => {
    const reply = await collector.request("OPTIONS", "/v1/events", undefined, { Origin: "https://shop.example" });
    expect([reply.status, reply.headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
  });

  it("too many from one client are 429, and do not brake its answers", async () => {
    const braked = aCollector({ rateLimit: "" });
    const from = { Origin: "https://shop.example", "CF-Connecting-IP": "203.0.113.77" };
    const body = { survey: counting, type: "shown" };
    const statuses = [];
    // More than two minutes of the platform's take: a flood may reach from one into the next.
    for (let count = 0; count < 65; count++)
      statuses.push((await braked.request("POST", "/v1/events", body, from)).status);
    expect(statuses).toContain(429);
    expect((await braked.post(aResponse(counting), from)).status).toBe(201);
  });
});

describe("hostile bodies for events", () => {
  const bodies: [name: string, body: () => unknown, status: number, code: string, pointer?: string][] = [
    ["nothing", () => "", 400, "not_json"],
    ["null", () => null, 422, "invalid", ""],
    ["no type", () => ({ survey: counting }), 422, "invalid", "/type"],
    ["an unknown type", () => ({ survey: counting, type: "answered" }), 422, "invalid", "/type"],
    ["a list of types", () => ({ survey: counting, type: ["shown"] }), 422, "invalid", "/type"],
    ["a count", () => ({ survey: counting, type: "shown", count: 1000 }), 422, "unknown_field", "/count"],
    ["no survey", () => ({ type: "shown" }), 422, "invalid", "/survey"],
    ["an unknown survey", () => ({ survey: "srv_nobodyhere", type: "shown" }), 404, "unknown_survey"],
    ["40 kB", () => "x".repeat(40_000), 413, "body_too_large"],
  ];

  it.each(bodies)("%s", async (_, body, status, code, pointer) => {
    collector.rows.reset();
    const reply = await send(body());
    expect(reply.status).toBe(status);
    expect(reply.body.code).toBe(code);
    if (pointer !== undefined) expect(reply.body.errors).toMatchObject([{ pointer }]);
    expect(collector.rows.written).toBe(0);
  });
});
