/** Which comments each filter finds, at what cost, and what the team does with one response. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

type List = Page<ResponseItem>;

async function list(survey: string, query: string, what = "comments"): Promise<List> {
  const reply = await collector.get<List>(`/v1/surveys/${survey}/${what}?${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}

describe("filters", () => {
  let survey: string;

  beforeAll(async () => {
    survey = await collector.makeSurvey({
      timezone: "Europe/Kyiv",
      topics: [{ name: "Доставка", stems: ["доставк", "deliver"] }],
    });
    const old = aCollector();
    old.clock.now = NOON - 30 * DAY;
    await old.post(aResponse(survey, { id: anId(old.clock.now), nps: 10, csat: 5, comment: "old", locale: "uk-UA" }));
    const sends = [
      { nps: 0, comment: "zero: Café crème", locale: "fr" },
      { nps: 7, csat: 3, comment: "seven: КУР’ЄР запізнився", locale: "uk" },
      { csat: 1, comment: "one: late DELIVERY", respondent: { id: "ann" }, locale: "ukx" },
      { nps: 6, comment: "six: 配送が遅い" },
    ];
    for (const send of sends) {
      collector.clock.now += 1;
      await collector.post(aResponse(survey, send));
    }
    const { items } = await list(survey, "q=zero");
    const path = `/v1/surveys/${survey}/responses/${items[0]?.id}`;
    await collector.request("PATCH", path, { tags: ["call", "vip"], status: "resolved", excluded: true }, ADMIN);
    collector.clock.now = NOON;
  });

  it.each([
    ["", ["six", "one", "seven", "zero", "old"]],
    ["from=2026-11-22", ["six", "one", "seven", "zero"]],
    ["to=2026-11-21", ["old"]],
    ["from=2026-10-23&to=2026-10-23", ["old"]],
    ["nps_group=detractor", ["six", "zero"]],
    ["nps_group=passive", ["seven"]],
    ["nps_group=promoter", ["old"]],
    ["csat_group=dissatisfied", ["one"]],
    ["csat_group=neutral", ["seven"]],
    ["csat_group=satisfied", ["old"]],
    ["max_score=0", ["zero"]],
    ["min_score=6&max_score=7", ["six", "seven"]],
    ["nps_group=detractor&min_score=1", ["six"]],
    ["nps_group=detractor&min_score=9", []],
    ["q=CAFE", ["zero"]],
    ["q=creme%20cafe", ["zero"]],
    ["q=курʼєр", ["seven"]],
    ["q=遅い", ["six"]],
    ["q=%25", []],
    ["q=cafe%20courier", []],
    ["topic=Доставка", ["one"]],
    ["topic=Other", []],
    ["tag=vip", ["zero"]],
    ["tag=vi", []],
    ["status=resolved", ["zero"]],
    ["status=open&nps_group=detractor", ["six"]],
    ["respondent=ann", ["one"]],
    ["respondent=ann&nps_group=promoter", []],
    ["language=uk", ["seven", "old"]],
    ["language=UK-ua", ["old"]],
    ["exclude=unverified", ["six", "seven", "zero", "old"]],
    ["exclude=excluded,unverified", ["six", "seven", "old"]],
    ["exclude=flagged", ["six", "one", "seven", "zero", "old"]],
  ])("?%s", async (query, found) => {
    const word = ({ comment }: { comment: string | null }) => comment?.split(":")[0];
    for (const what of ["comments", "responses"]) {
      const { items, next } = await list(survey, query, what);
      expect(items.map(word).sort()).toEqual([...found].sort());
      expect(next).toBeNull();
      if (what === "comments") expect(items.map(word)).toEqual(found);
    }
  });

  it.each([
    ["q=", "/q"],
    ["q='", "/q"],
    ["q=%E2%80%8B", "/q"],
    ["q=%CC%81", "/q"],
    ["q=%E2%80%AE%C2%AD'%20%CC%88", "/q"],
    ["q=one+two+three+four+five+six+seven", "/q"],
    ["max_score=11", "/max_score"],
    ["min_score=-1", "/min_score"],
    ["nps_group=fan", "/nps_group"],
    ["exclude=flagged,me", "/exclude/1"],
    ["language=1", "/language"],
    ["limit=101", "/limit"],
    ["cursor=YWJj", "/cursor"],
  ])("refuses ?%s", async (query, pointer) => {
    const reply = await collector.get(`/v1/surveys/${survey}/comments?${query}`);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([{ pointer }]);
  });

  it("looks for each word of a search, or refuses it in words", async () => {
    const own = await collector.makeSurvey();
    const words = ["alpha", "beta", "Gamma", "delta", "épsilon", "zeta", "eta"];
    await collector.post(aResponse(own, { comment: words.slice(0, 6).join(" ") }));
    for (let left = 0; left < 6; left++) {
      const others = words.slice(0, 6).toSpliced(left, 1, "absent");
      expect((await list(own, `q=${encodeURIComponent(others.join(" "))}`)).items).toEqual([]);
    }
    expect((await list(own, `q=${encodeURIComponent(words.slice(0, 6).join(" \u200b "))}`)).items).toHaveLength(1);
    const refused = await collector.get(`/v1/surveys/${own}/comments?q=${encodeURIComponent(words.join(" "))}`);
    expect(refused.body.errors).toEqual([{ pointer: "/q", detail: "must be at most 6 words" }]);
  });

  it("never finds what a search that looks for nothing would find", async () => {
    const folding = fc.constantFrom(
      "'",
      "’",
      "`",
      "\u0301",
      "\u0308",
      "\u0640",
      "\u200b",
      "\u00ad",
      "\u202e",
      "\ufeff",
      " ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(folding, { minLength: 1, maxLength: 8 }), async (characters) => {
        const reply = await collector.get(
          `/v1/surveys/${survey}/comments?q=${encodeURIComponent(characters.join(""))}`,
        );
        expect(reply.status).toBe(422);
        expect(reply.body.errors).toMatchObject([{ pointer: "/q" }]);
      }),
    );
  });

  it("names the topics, and the note and tags that the team gave", async () => {
    expect((await list(survey, "q=delivery")).items).toMatchObject([{ topics: ["Доставка"], tags: [], note: null }]);
    expect((await list(survey, "q=zero")).items).toMatchObject([
      { tags: ["call", "vip"], status: "resolved", excluded: true },
    ]);
  });
});

describe("a search among many", () => {
  it("looks at 5,000 comments a request and hands back where to go on", async () => {
    const survey = await collector.makeSurvey();
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, folded,
         comment_at, channel)
       SELECT ?1, printf('%08x', value), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, iif(value = 10, 'needle', 'hay'),
         iif(value = 10, 'needle', 'hay'), ?2 + value, 'page' FROM json_each(?3)`,
    )
      .bind(survey, NOON, JSON.stringify(Array.from({ length: 12_000 }, (_, index) => index)))
      .run();
    const pages: number[] = [];
    let cursor = "";
    do {
      collector.rows.reset();
      const page = await list(survey, `q=needle${cursor}`);
      expect(collector.rows.read).toBeLessThanOrEqual(3 * 5_000 + 10);
      pages.push(page.items.length);
      cursor = page.next ? `&cursor=${page.next}` : "";
    } while (cursor);
    expect(pages).toEqual([0, 0, 1]);
  });
});

describe("one response", () => {
  it("takes tags, status and note, and the same again writes nothing", async () => {
    const survey = await collector.makeSurvey();
    const response = aResponse(survey, { nps: 0, comment: "bad" });
    await collector.post(response);
    const path = `/v1/surveys/${survey}/responses/${response.id}`;
    const patch = { tags: ["vip", "vip", "call"], status: "resolved", note: "called" };
    const reply = await collector.request<ResponseItem>("PATCH", path, patch, ADMIN);
    expect(reply.body).toMatchObject({
      id: response.id,
      nps: 0,
      tags: ["vip", "call"],
      status: "resolved",
      note: "called",
    });
    collector.rows.reset();
    await collector.request("PATCH", path, patch, ADMIN);
    expect(collector.rows.written).toBe(0);
    expect((await collector.request("PATCH", path, { note: null }, ADMIN)).body).toMatchObject({
      note: null,
      tags: ["vip", "call"],
    });
  });

  it.each([
    [{}, ""],
    [{ tags: "vip" }, "/tags"],
    [{ tags: [""] }, "/tags/0"],
    [{ status: "done" }, "/status"],
    [{ excluded: 1 }, "/excluded"],
    [{ nps: 10, status: "open" }, "/nps"],
  ])("refuses %j", async (patch, pointer) => {
    const survey = await collector.makeSurvey();
    const reply = await collector.request("PATCH", `/v1/surveys/${survey}/responses/${anId()}`, patch, ADMIN);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([{ pointer }]);
  });

  it("is not found under another survey", async () => {
    const [a, b] = [await collector.makeSurvey(), await collector.makeSurvey()];
    const response = aResponse(a);
    await collector.post(response);
    for (const [method, body] of [
      ["PATCH", { status: "resolved" }],
      ["DELETE", undefined],
    ] as const)
      expect((await collector.request(method, `/v1/surveys/${b}/responses/${response.id}`, body, ADMIN)).status).toBe(
        404,
      );
  });

  it("DELETE blanks the text and the person, keeps the score, and with ?score=drop takes that out too", async () => {
    const survey = await collector.makeSurvey({ topics: [{ name: "Delivery", stems: ["late"] }], segments: ["plan"] });
    const response = aResponse(survey, {
      nps: 2,
      comment: "late",
      respondent: { id: "ann" },
      properties: { plan: "pro" },
    });
    await collector.post(response);
    const path = `/v1/surveys/${survey}/responses/${response.id}`;
    expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
    const [item] = (await list(survey, "", "responses")).items;
    expect(item).toMatchObject({
      nps: 2,
      comment: null,
      respondent: null,
      properties: {},
      topics: [],
      excluded: false,
    });
    expect((await list(survey, "")).items).toEqual([]);
    const { folded } =
      (await env.DB.prepare("SELECT folded FROM responses WHERE id = ?").bind(response.id).first()) ?? {};
    expect(folded).toBeNull();
    await expectRecountAgrees(survey);
    expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 1, comments: 0 });
    await collector.request("DELETE", `${path}?score=drop`, undefined, ADMIN);
    expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 0, nps: null });
    await expectRecountAgrees(survey);
  });
});
