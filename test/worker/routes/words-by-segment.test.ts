/** Comments and responses narrowed to a segment, a channel and a page, as the scores are; and at which cost. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { covers } from "../../../shared/pages/url-pattern.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { writeWhere } from "../../../shared/segments.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

async function list(survey: string, query: string, what = "comments"): Promise<Page<ResponseItem>> {
  const reply = await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/${what}?${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}

const commentsOf = (items: readonly ResponseItem[]) => items.map(({ comment }) => comment);

describe("words of a segment, a channel and a page", () => {
  let survey: string;

  beforeAll(async () => {
    survey = await collector.makeSurvey({ segments: ["plan", "place", "plan×place", "channel", "a", "a:b"] });
    const sends = [
      { comment: "one", properties: { plan: "pro", place: "Lviv" }, page: "https://shop.example/pay/done" },
      { comment: "two", properties: { plan: "pro", place: "Old  Town" }, page: "http://shop.example/pay" },
      { comment: "three", properties: { plan: "free", place: "Lviv", "a:b": "c" }, page: "https://other.example/help" },
      { comment: "four", properties: { a: "b:c", plan: null }, respondent: { id: "ann" } },
    ];
    for (const send of sends) {
      collector.clock.now += 1;
      await collector.post(aResponse(survey, send));
    }
    // The key sends it from a server.
    await collector.post(aResponse(survey, { comment: "five", properties: { plan: "pro" } }), ADMIN);
    collector.clock.now = NOON;
  });

  it.each([
    ["where=plan:pro", ["five", "two", "one"]],
    ["where=plan:pro&where=place:Lviv", ["one"]],
    ["where=plan:free&where=plan:pro", []],
    ["where=plan%C3%97place:pro%C3%97Lviv", ["one"]],
    ["where=place:Old%20Town", ["two"]],
    ["where=place:%20Old%20%20Town%E2%80%8B", ["two"]],
    ["where=plan:nobody", []],
    ["where=plan:", []],
    ["where=a:b:c", ["three"]],
    ["where=%22a%22:b:c", ["four"]],
    ["where=channel:api", ["five"]],
    ["where=unverified:true", ["four"]],
    ["channel=api", ["five"]],
    ["channel=page", ["four", "three", "two", "one"]],
    ["channel=link", []],
    ["channel=page&where=plan:pro", ["two", "one"]],
    ["page=/pay*", ["two", "one"]],
    ["page=/pay", ["two"]],
    ["page=https://shop.example/pay*", ["one"]],
    ["page=*/done", ["one"]],
    ["page=*shop*", ["two", "one"]],
    ["page=*", ["three", "two", "one"]],
    ["page=/", []],
    ["page=/pay*&where=place:Lviv", ["one"]],
    ["page=/help&q=three", ["three"]],
    ["where=unverified:true&respondent=ann", ["four"]],
    ["where=plan:pro&respondent=ann", []],
  ])("?%s", async (query, found) => {
    expect(commentsOf((await list(survey, query)).items)).toEqual(found);
    expect(commentsOf((await list(survey, query, "responses")).items).sort()).toEqual([...found].sort());
  });

  it("are what the exports hold, and what is found by when it changed", async () => {
    const narrowed = "where=plan:pro&where=place:Lviv&channel=page&page=/pay*";
    const { text: csv } = await collector.get(`/v1/surveys/${survey}/responses?${narrowed}`, {
      ...ADMIN,
      Accept: "text/csv",
    });
    expect(csv.trim().split("\r\n").slice(1)).toEqual([expect.stringContaining(",one,")]);
    const lines = await collector.open(`/v1/surveys/${survey}/responses?${narrowed}`, {
      ...ADMIN,
      Accept: "application/x-ndjson",
    });
    const ndjson = new TextDecoder().decode(await lines.arrayBuffer());
    expect(ndjson.trim().split("\n")).toEqual([expect.stringContaining('"comment":"one"')]);
    const since = new Date(NOON - DAY).toISOString();
    expect(commentsOf((await list(survey, `${narrowed}&updated_since=${since}`, "responses")).items)).toEqual(["one"]);
  });

  it("are as many as metrics count under each value", async () => {
    for (const segment of ["plan", "place", "plan×place", "channel"]) {
      const path = `/v1/surveys/${survey}/metrics?group_by=${encodeURIComponent(segment)}`;
      const { groups = [] } = (await collector.get<Metrics>(path)).body;
      const named = groups.flatMap(({ value, comments }) => (value ? [{ value, comments }] : []));
      expect(named.length).toBeGreaterThan(0);
      for (const { value, comments } of named)
        expect((await list(survey, `where=${encodeURIComponent(writeWhere(segment, value))}`)).items).toHaveLength(
          comments,
        );
    }
  });

  it("are refused for a segment that is not declared, as metrics are", async () => {
    const refusals = await Promise.all(
      ["metrics", "comments", "responses", "topics"].map(async (what) => {
        const { status, body } = await collector.get(`/v1/surveys/${survey}/${what}?where=colour:red`);
        return [status, body.errors];
      }),
    );
    expect(refusals[0]).toEqual([422, [{ pointer: "/where", detail: expect.stringContaining("`plan`, `place`") }]]);
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
  });

  it.each([
    ["where=plan:pro&where=colour:red", "/where"],
    [Array.from({ length: 6 }, () => "where=plan:pro").join("&"), "/where"],
    [`where=plan:${"x".repeat(2_500)}`, "/where"],
    ["channel=mail", "/channel"],
    ["channel=page&channel=link", "/channel"],
    ["page=", "/page"],
    [`page=/${"*a".repeat(11)}`, "/page"],
  ])("refuses ?%s", async (query, pointer) => {
    for (const what of ["comments", "responses"]) {
      const { status, body } = await collector.get(`/v1/surveys/${survey}/${what}?${query}`);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer }]);
    }
  });
});

it("a pattern finds the pages that targeting covers by it", async () => {
  const survey = await collector.makeSurvey();
  const step = fc.constantFrom("", "a", "b", "ab", "aba", "[a]", "?", "%D0%B2", "/", ".", "1");
  const path = fc.array(step, { maxLength: 6 }).map((steps) => `/${steps.join("")}`);
  const origin = fc.constantFrom("https://a.b", "http://a", "https://a.b:81");
  const pages = fc.sample(fc.tuple(origin, path), 60).map((parts) => parts.join(""));
  await env.DB.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, page, channel)
      SELECT ?1, printf('%08d', key), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, value, 'page' FROM json_each(?3)`,
  )
    .bind(survey, NOON, JSON.stringify(pages))
    .run();
  const piece = fc.oneof(step, fc.constant("*"), fc.constant("*"), fc.constant("http"), fc.constant("://a"));
  const glob = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(""));
  const globs = fc.oneof(
    glob,
    glob.map((each) => `/${each}`),
  );
  await fc.assert(
    fc.asyncProperty(globs, async (pattern) => {
      fc.pre(pattern.trim() !== "");
      const { items } = await list(survey, `limit=100&page=${encodeURIComponent(pattern)}`, "responses");
      const found = items.map(({ page }) => page ?? "").sort();
      expect(found).toEqual(pages.filter((page) => covers(pattern, page)).sort());
    }),
    { numRuns: 40 },
  );
});

describe("the words of a segment among many", () => {
  it("are looked for among 5,000 comments a request, whatever narrows them", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan"] });
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, folded,
         comment_at, channel, page, segments)
       SELECT ?1, printf('%08x', value), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'hay', 'hay', ?2 + value,
         iif(value = 10, 'link', 'page'), iif(value = 10, 'https://a.b/needle', 'https://a.b/hay'),
         iif(value = 10, '{"plan":"rare"}', '{"plan":"usual"}') FROM json_each(?3)`,
    )
      .bind(survey, NOON, JSON.stringify(Array.from({ length: 12_000 }, (_, index) => index)))
      .run();
    // A condition on segments costs two rows more of each, for it looks into the JSON of its row; a pattern costs one.
    const costs = [
      ["where=plan:rare", 4],
      ["channel=link", 2],
      ["page=/n*dle", 3],
    ] as const;
    for (const [narrowed, perRow] of costs)
      for (const what of ["comments", "responses"]) {
        const pages: number[] = [];
        let cursor = "";
        do {
          collector.rows.reset();
          const page = await list(survey, narrowed + cursor, what);
          expect(collector.rows.read).toBeLessThanOrEqual(perRow * 5_000 + 10);
          pages.push(page.items.length);
          cursor = page.next ? `&cursor=${page.next}` : "";
        } while (cursor);
        expect(pages).toEqual([0, 0, 1]);
      }
  });
});
