import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse } from "../support/collector.ts";
import type { Events } from "../support/events.ts";
import { readEvents } from "../support/events.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
  // A stream paces itself by the clock, so here it goes.
  Object.defineProperty(collector.clock, "now", { get: () => Date.now() });
});

async function watch(survey: string, { query = "", id = "", headers = ADMIN as Record<string, string> } = {}) {
  const reply = await collector.open(`/v1/surveys/${survey}/live${query}`, {
    ...headers,
    ...(id && { "Last-Event-ID": id }),
  });
  expect(reply.headers.get("Content-Type")).toBe("text/event-stream; charset=utf-8");
  return readEvents(reply);
}

const send = async (survey: string, fields: object) => {
  const response = aResponse(survey, { id: anId(Date.now()), nps: 9, ...fields });
  expect((await collector.post(response)).status).toBe(201);
  return response.id;
};
const comments = ({ events }: Events) =>
  events.filter(({ event }) => event === "comment").map(({ body }) => body.comment);
const responses = (count: number) => (each: { event: string; body: { responses?: number } }) =>
  each.event === "metrics" && each.body.responses === count;

describe("a viewer", () => {
  it("sees the figures at once, and a new response and its comment within two seconds", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, { comment: "before" });
    const stream = await watch(survey);
    await stream.until(responses(1));
    const sent = Date.now();
    const id = await send(survey, { nps: 0, comment: "now" });
    await stream.until(({ body }) => body.id === id);
    await stream.until(responses(2));
    expect(Date.now() - sent).toBeLessThan(2000);
    expect(comments(stream)).toEqual(["now"]);
    await stream.close();
  });

  it("gets the figures it asked for, and is refused what cannot be asked", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan"] });
    await send(survey, { properties: { plan: "pro" } });
    const stream = await watch(survey, { query: "?group_by=plan&for=0" });
    await stream.ended;
    expect(stream.events[0]?.body).toMatchObject({ survey, groups: [{ value: "pro", responses: 1 }] });
    expect((await collector.get(`/v1/surveys/${survey}/live?group_by=colour`)).status).toBe(422);
    expect((await collector.get("/v1/surveys/srv_nobody/live")).status).toBe(404);
  });

  it("without the scope gets figures and no comment", async () => {
    const survey = await collector.makeSurvey();
    const { body } = await collector.request("POST", "/v1/keys", { name: "board", scope: "metrics" }, ADMIN);
    const stream = await watch(survey, { headers: { Authorization: `Bearer ${body.key}` } });
    await send(survey, { comment: "secret" });
    await stream.until(responses(1));
    expect(comments(stream)).toEqual([]);
    await stream.close();
  });

  it("who went away is not asked for any longer", async () => {
    const survey = await collector.makeSurvey();
    const stream = await watch(survey);
    await stream.until(responses(0));
    await stream.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    collector.rows.reset();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(collector.rows.queries).toBe(0);
  });
});

describe("going on after a break", () => {
  it("loses no comment, repeats none, and sends figures only when they changed", async () => {
    const survey = await collector.makeSurvey();
    const first = await watch(survey);
    await send(survey, { comment: "one" });
    const { id } = await first.until(({ body }) => body.comment === "one");
    await first.until(responses(1));
    await first.close();
    const last = first.events.at(-1)?.id ?? id;
    const idle = await watch(survey, { query: "?for=0", id: last });
    await idle.ended;
    expect(idle.events).toEqual([]);
    await send(survey, { comment: "two" });
    await send(survey, { comment: "three" });
    const second = await watch(survey, { query: "?for=0", id: last });
    await second.ended;
    expect(comments(second)).toEqual(["two", "three"]);
    await second.until(responses(3));
  });

  it("shows a comment that was stored late, behind one that was seen already", async () => {
    const survey = await collector.makeSurvey();
    const first = await watch(survey);
    await send(survey, { comment: "early" });
    const { id } = await first.until(({ body }) => body.comment === "early");
    const late = await send(survey, { comment: "late" });
    await first.close();
    await env.DB.prepare("UPDATE responses SET comment_at = comment_at - 20000 WHERE id = ?").bind(late).run();
    const second = await watch(survey, { query: "?for=0", id });
    await second.ended;
    expect(comments(second)).toEqual(["late"]);
  });

  it("begins anew on an id that no server of ours gave", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, { comment: "old" });
    const stream = await watch(survey, { query: "?for=0", id: "7; DROP TABLE" });
    await stream.ended;
    expect(stream.events.map(({ event }) => event)).toEqual(["metrics"]);
  });
});

describe("many viewers", () => {
  it("a hundred of one survey in one isolate ask little more than one does", async () => {
    const cost = async (viewers: number) => {
      const survey = await collector.makeSurvey();
      await send(survey, {});
      const streams = await Promise.all(Array.from({ length: viewers }, () => watch(survey)));
      await Promise.all(streams.map((stream) => stream.until(responses(1))));
      collector.rows.reset();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await send(survey, { comment: "to all" });
      await Promise.all(streams.map((stream) => stream.until(({ body }) => body.comment === "to all")));
      await Promise.all(streams.map((stream) => stream.until(responses(2))));
      const { queries, read } = collector.rows;
      await Promise.all(streams.map((stream) => stream.close()));
      return { queries, read };
    };
    const one = await cost(1);
    const hundred = await cost(100);
    expect(hundred.queries).toBeLessThanOrEqual(one.queries + 3);
    expect(hundred.read).toBeLessThanOrEqual(one.read + 10);
  }, 20_000);
});

it("ends by itself before the platform's 50 queries, and goes on from there", async () => {
  const survey = await collector.makeSurvey();
  const stream = await watch(survey);
  collector.rows.reset();
  const sent: string[] = [];
  let isOver = false;
  stream.ended.finally(() => {
    isOver = true;
  });
  while (!isOver && sent.length < 60) {
    sent.push(`c${sent.length}`);
    await send(survey, { comment: sent.at(-1) });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(isOver).toBe(true);
  expect(collector.rows.queries - sent.length).toBeLessThanOrEqual(45);
  const rest = await watch(survey, { query: "?for=0", id: stream.events.at(-1)?.id ?? "" });
  await rest.ended;
  expect([...comments(stream), ...comments(rest)]).toEqual(sent);
}, 60_000);
