import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse } from "../support/collector.ts";
import type { Events, SentEvent } from "../support/events.ts";
import { readEvents } from "../support/events.ts";

let collector: Collector;
/** Where the collector's clock stands still (ms since 1970); null while it runs. */
let stoppedAt: number | null = null;

beforeAll(() => {
  collector = aCollector();
  // A stream asks the database once a second by this clock, so the clock has to run.
  Object.defineProperty(collector.clock, "now", { get: () => stoppedAt ?? Date.now() });
});
afterEach(() => {
  stoppedAt = null;
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
/** How many times the survey's newest total was read since the meter was reset. */
const asked = (survey: string) =>
  collector.rows.statements.filter(
    ({ sql, params }) => /ORDER BY day DESC LIMIT 1/.test(sql) && params.includes(survey),
  ).length;
const PATIENCE = { timeout: 10_000, interval: 50 };
const responses = (count: number) => (each: { event: string; body: { responses?: number } }) =>
  each.event === "metrics" && each.body.responses === count;

describe("a viewer", () => {
  it("sees the figures at once, and a new response and its comment as soon as a second has passed", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, { comment: "before" });
    stoppedAt = Date.now();
    const stream = await watch(survey);
    await stream.until(responses(1));
    const id = await send(survey, { nps: 0, comment: "now" });
    expect(comments(stream)).toEqual([]);
    // The stream looks at the clock every 400 ms: with this second the news is there within two.
    stoppedAt += 1000;
    await stream.until(({ body }) => body.id === id);
    await stream.until(responses(2));
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
    collector.rows.reset();
    // A viewer of another survey stays. When its stream has asked twice, the closed stream would have asked too.
    const other = await collector.makeSurvey();
    const staying = await watch(other);
    await expect.poll(() => asked(other), PATIENCE).toBeGreaterThan(2);
    const before = asked(survey);
    const rounds = asked(other);
    await expect.poll(() => asked(other), PATIENCE).toBeGreaterThan(rounds + 1);
    expect(asked(survey)).toBe(before);
    await staying.close();
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

/** Writes `count` comments in one statement: `prefix 0`, first stored at `from`, `prefix 1`, a `step` (ms) later, and so on. */
async function flood(
  survey: string,
  prefix: string,
  { count, from, step = 1 }: { count: number; from: number; step?: number },
) {
  const day = new Date(from).toISOString().slice(0, 10);
  const rows = Array.from({ length: count }, (_, index) => {
    const at = from + index * step;
    return { id: anId(at), at, comment: `${prefix} ${index}` };
  });
  await env.DB.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, comment, comment_at, channel)
      SELECT ?1, value ->> 'id', value ->> 'at', ?2, value ->> 'at', value ->> 'at', ?2, value ->> 'comment', value ->> 'at', 'page'
      FROM json_each(?3)`,
  )
    .bind(survey, day, JSON.stringify(rows))
    .run();
  return rows;
}

type More = { comments: number; or_more: boolean; path: string };
const mores = ({ events }: Events) =>
  events.filter(({ event }) => event === "more").map(({ body }) => body as unknown as More);
const total = (stream: Events) => mores(stream).reduce((sum, more) => sum + more.comments, comments(stream).length);

/** The position of a viewer who has seen all comments so far and then leaves. */
async function positionNow(survey: string): Promise<string> {
  const stream = await watch(survey, { query: "?for=0" });
  await stream.ended;
  return stream.events.at(-1)!.id;
}

describe("more comments than can be told one by one", () => {
  it("are told to whoever was away as a number, with the way to them, and the newest one by one", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, { comment: "seen" });
    const id = await positionNow(survey);
    const sent = await flood(survey, "missed", { count: 1500, from: Date.now() + 5 });
    collector.rows.reset();
    const back = await watch(survey, { query: "?for=0", id });
    await back.ended;
    expect(mores(back)).toMatchObject([{ comments: 1000, or_more: false }]);
    expect(comments(back)).toEqual(sent.slice(1000).map(({ comment }) => comment));
    const listed = await collector.get<{ items: { comment: string }[] }>(`${mores(back)[0]!.path}&limit=100`);
    expect(listed.body.items.map(({ comment }) => comment)).toEqual(
      sent
        .slice(900, 1000)
        .map(({ comment }) => comment)
        .reverse(),
    );
    const again = await watch(survey, { query: "?for=0", id: back.events.at(-1)!.id });
    await again.ended;
    expect(again.events.map(({ event }) => event)).toEqual([]);
  });

  it("cost a bounded number of rows, however many they are, and then the number says that there may be more", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, {});
    const id = await positionNow(survey);
    const cost = async (count: number, from: number) => {
      await flood(survey, "old", { count, from });
      collector.rows.reset();
      const back = await watch(survey, { query: "?for=0", id });
      await back.ended;
      return { read: collector.rows.read, told: mores(back)[0] };
    };
    const some = await cost(6000, Date.now() + 5);
    expect(some.told).toMatchObject({ comments: 5000, or_more: true });
    const many = await cost(6000, Date.now() + 6005);
    expect(many.told).toMatchObject({ comments: 5000, or_more: true });
    expect(many.read).toBeLessThanOrEqual(some.read + 10);
    // The newest 500 comments with their rows, those of the last step once more, and 5,000 entries of the index.
    expect(many.read).toBeLessThanOrEqual(5000 + 4 * 501 + 100);
  });

  it("are each told to whoever is present, if the server can keep up, and in a number else", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, {});
    let stream = await watch(survey);
    await stream.until(responses(1));
    const streams = [stream];
    // 2,600 comments within a minute: first in portions that a stream can tell one by one, then in one that is too large for
    // that.
    for (const [index, count] of [400, 400, 400, 1400].entries()) {
      const rows = await flood(survey, `portion ${index}`, { count, from: Date.now() });
      const last = rows.at(-1)!.comment;
      const isThere = ({ body }: SentEvent) => body.comment === last;
      await stream.until(isThere).catch(async () => {
        await stream.ended;
        stream = await watch(survey, { id: stream.events.at(-1)!.id });
        streams.push(stream);
        await stream.until(isThere);
      });
    }
    await stream.close();
    const rest = await watch(survey, { query: "?for=0", id: stream.events.at(-1)!.id });
    await rest.ended;
    streams.push(rest);
    expect(streams.reduce((sum, each) => sum + total(each), 0)).toBe(2600);
    const seen = streams.flatMap(comments);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(1200 + 500);
    // The id that a browser sends back in a header stays small.
    expect(Math.max(...streams.flatMap(({ events }) => events.map(({ id }) => id.length)))).toBeLessThan(8000);
  }, 30_000);

  it("that were stored late, behind what the id names one by one, are told in a number on return", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, {});
    const start = await positionNow(survey);
    const from = Date.now() - 20_000;
    await flood(survey, "in time", { count: 1200, from, step: 10 });
    const first = await watch(survey, { query: "?for=0", id: start });
    await first.ended;
    expect(total(first)).toBe(1200);
    await flood(survey, "late", { count: 3, from: from + 5, step: 10 });
    const second = await watch(survey, { query: "?for=0", id: first.events.at(-1)!.id });
    await second.ended;
    expect([mores(second).map(({ comments }) => comments), comments(second)]).toEqual([[3], []]);
    const third = await watch(survey, { query: "?for=0", id: second.events.at(-1)!.id });
    await third.ended;
    expect(third.events).toEqual([]);
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
      await expect.poll(() => asked(survey), PATIENCE).toBeGreaterThan(1);
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
    const comment = `c${sent.length}`;
    sent.push(comment);
    await send(survey, { comment });
    // A comment that is stored after the stream has ended is for the next connection.
    await stream.until(({ body }) => body.comment === comment).catch(() => stream.ended);
  }
  expect(isOver).toBe(true);
  expect(collector.rows.queries - sent.length).toBeLessThanOrEqual(45);
  const rest = await watch(survey, { query: "?for=0", id: stream.events.at(-1)?.id ?? "" });
  await rest.ended;
  expect([...comments(stream), ...comments(rest)]).toEqual(sent);
}, 60_000);
