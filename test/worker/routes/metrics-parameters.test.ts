/** Rolling windows, one value, groups, comparison, several surveys as one: each against figures made by hand. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { writeWhere } from "../../../shared/segments.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

async function metrics(survey: string, query = ""): Promise<Metrics> {
  const reply = await collector.get<Metrics>(`/v1/surveys/${survey}/metrics${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}

type Answer = { nps: number; daysAgo?: number; plan?: string; comment?: string };

/** Sends each answer on its own day, which may be longer ago than the time in an id may be. */
async function answer(survey: string, answers: Answer[]) {
  for (const { nps, daysAgo = 0, plan, comment } of answers) {
    const own = aCollector();
    own.clock.now = NOON - daysAgo * DAY;
    const fields = { id: anId(own.clock.now), nps, ...(plan && { properties: { plan } }), ...(comment && { comment }) };
    expect((await own.post(aResponse(survey, fields))).status).toBe(201);
  }
}

describe("rolling", () => {
  it("puts the last so many days into each point, days before the range included", async () => {
    const survey = await collector.makeSurvey();
    await answer(survey, [
      { nps: 10, daysAgo: 9 },
      { nps: 0, daysAgo: 6 },
      { nps: 9, daysAgo: 2 },
    ]);
    const { series = [] } = await metrics(survey, "?from=2026-11-17&to=2026-11-22&interval=day&rolling=5");
    expect(series.map((point) => [point.rolling?.start, point.rolling?.responses, point.rolling?.nps?.score])).toEqual([
      ["2026-11-13", 2, 0],
      ["2026-11-14", 1, -100],
      ["2026-11-15", 1, -100],
      ["2026-11-16", 2, 0],
      ["2026-11-17", 1, 100],
      ["2026-11-18", 1, 100],
    ]);
    expect(series.map((point) => point.responses)).toEqual([0, 0, 0, 1, 0, 0]);
    expect((await metrics(survey, "?from=2026-11-17&to=2026-11-22&interval=day&rolling=5")).responses).toBe(1);
  });

  it("reaches back from the end of a longer bucket", async () => {
    const survey = await collector.makeSurvey();
    await answer(survey, [{ nps: 10, daysAgo: 40 }, { nps: 0 }]);
    const { series = [] } = await metrics(survey, "?from=2026-11-01&to=2026-11-22&interval=month&rolling=60");
    expect(series).toMatchObject([{ responses: 1, rolling: { start: "2026-09-24", responses: 2, nps: { score: 0 } } }]);
  });
});

describe("segments", () => {
  let survey: string;
  beforeAll(async () => {
    survey = await collector.makeSurvey({ segments: ["plan", "a:b", "channel", "channel×plan"], targets: { nps: 10 } });
    await answer(survey, [
      { nps: 10, plan: "pro" },
      { nps: 9, plan: "pro", daysAgo: 1 },
      { nps: 0, plan: "free", comment: "no" },
      { nps: 8 },
    ]);
  });

  it("where= counts the responses with that value only", async () => {
    expect(await metrics(survey, "?where=plan:pro")).toMatchObject({
      responses: 2,
      nps: { score: 100 },
      comments: 0,
      targets: { nps: { target: 10, gap: 90 } },
      response_rate: null,
    });
    expect(await metrics(survey, "?where=plan:none")).toMatchObject({ responses: 0, nps: null });
    expect(await metrics(survey, "?where=channel:page")).toMatchObject({ responses: 4 });
    expect(await metrics(survey, "?where=channel×plan:page×free")).toMatchObject({ responses: 1 });
    const { series } = await metrics(survey, "?where=plan:pro&interval=day&from=2026-11-21");
    expect(series?.map((point) => point.responses)).toEqual([1, 1]);
  });

  it("a segment's name may hold a colon", async () => {
    await collector.post(aResponse(survey, { nps: 5, properties: { "a:b": "c:d" } }));
    expect(await metrics(survey, "?where=a:b:c:d")).toMatchObject({ responses: 1, nps: { score: -100 } });
  });

  it("where= asks for each group that group_by= shows, whatever colons and quotes names and values hold", async () => {
    const declared = ["a", "a:b", "a:b:c", '"a"', 'q"', "a×a:b", "long"];
    const own = await collector.makeSurvey({ segments: declared });
    const values = [
      "c",
      "b:c",
      "b:c:d",
      ":",
      '"',
      '"a":c',
      "×",
      "x×y",
      "\u200bz",
      "é".normalize("NFD"),
      "w".repeat(200),
    ];
    for (const value of values) {
      const properties = Object.fromEntries(declared.map((name) => [name, value]));
      expect((await collector.post(aResponse(own, { nps: 9, properties }))).status).toBe(201);
    }
    for (const segment of declared) {
      const { groups = [] } = await metrics(own, `?group_by=${encodeURIComponent(segment)}`);
      expect(groups).toHaveLength(values.length);
      for (const { value, responses } of groups) {
        const where = encodeURIComponent(writeWhere(segment, value!));
        expect(await metrics(own, `?where=${where}`)).toMatchObject({ responses });
      }
    }
    expect(await metrics(own, `?where=${encodeURIComponent("a:\u200be\u0301")}`)).toMatchObject({ responses: 1 });
    const longest = encodeURIComponent(writeWhere("long", "😀".repeat(200)));
    expect(await metrics(own, `?where=${longest}`)).toMatchObject({ responses: 0 });
  });

  it("values that were counted before they were made alike can still be asked for", async () => {
    const own = await collector.makeSurvey({ segments: ["city"] });
    const old = "Київ".normalize("NFD");
    await env.DB.prepare(
      "INSERT INTO rollups (survey_id, segment, day, value, responses) VALUES (?1, '', '2026-11-20', '', 3), (?1, 'city', '2026-11-20', ?2, 2)",
    )
      .bind(own, old)
      .run();
    await collector.post(aResponse(own, { nps: 9, properties: { city: old } }));
    expect(await metrics(own, `?where=city:${encodeURIComponent(old)}`)).toMatchObject({ responses: 3 });
  });

  it("group_by= gives each value, the largest first, and those without one, so that groups add up", async () => {
    const { groups = [], responses } = await metrics(survey, "?group_by=plan");
    expect(groups.map(({ value, responses, nps }) => [value, responses, nps?.score])).toEqual([
      ["pro", 2, 100],
      ["free", 1, -100],
      [null, 2, -50],
    ]);
    expect(groups.reduce((sum, group) => sum + group.responses, 0)).toBe(responses);
  });

  it("group_by= and where= of one segment give that one group", async () => {
    const { groups, responses } = await metrics(survey, "?group_by=plan&where=plan:pro");
    expect(responses).toBe(2);
    expect(groups).toMatchObject([{ value: "pro", responses: 2 }]);
  });

  it("shows the 50 largest groups and the rest as one, the folded values in it", async () => {
    const many = await collector.makeSurvey({ segments: ["shop"] });
    const own = aCollector();
    for (let shop = 0; shop < 104; shop++)
      await own.post(aResponse(many, { nps: shop < 50 ? 9 : 0, properties: { shop: String(shop) } }));
    for (let shop = 0; shop < 50; shop++)
      await own.post(aResponse(many, { nps: 9, properties: { shop: String(shop) } }));
    const { groups = [] } = await metrics(many, "?group_by=shop");
    expect(groups).toHaveLength(51);
    expect(groups[50]).toMatchObject({ rest: true, responses: 54, nps: { score: -100 } });
    expect(groups[50]).not.toHaveProperty("value");
  });
});

describe("exclude", () => {
  it("leaves unproven respondents out of the totals", async () => {
    const survey = await collector.makeSurvey();
    await collector.post(aResponse(survey, { nps: 0, respondent: { id: "ann" } }));
    await collector.post(aResponse(survey, { nps: 10 }));
    expect((await metrics(survey, "?exclude=unverified&interval=week")).series?.at(-1)?.nps?.score).toBe(100);
    expect(await metrics(survey, "?exclude=unverified")).toMatchObject({ responses: 1, nps: { score: 100 } });
    expect(await metrics(survey)).toMatchObject({ responses: 2, nps: { score: 0 } });
  });
});

describe("compare", () => {
  it("sets the range beside as many days before it, with interval and p, groups too", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan"] });
    await answer(survey, [
      { nps: 0, daysAgo: 5, plan: "pro" },
      { nps: 10, daysAgo: 4, plan: "pro" },
      { nps: 10, daysAgo: 1, plan: "pro" },
      { nps: 10, plan: "pro" },
      { nps: 10, daysAgo: 9 },
    ]);
    const { change, groups } = await metrics(survey, "?from=2026-11-20&to=2026-11-22&compare=previous&group_by=plan");
    expect(change).toMatchObject({ from: "2026-11-17", to: "2026-11-19", csat: null });
    expect(change?.nps).toMatchObject({ difference: 100, low: expect.any(Number), p: expect.any(Number) });
    expect(groups).toMatchObject([{ value: "pro", change: { nps: { difference: 100 } } }]);
  });

  it("sets the range beside the same days a year earlier", async () => {
    const survey = await collector.makeSurvey();
    await answer(survey, [{ nps: 10 }, { nps: 0, daysAgo: 365 }]);
    const { change } = await metrics(survey, "?compare=year");
    expect(change).toMatchObject({
      from: "2025-08-25",
      to: "2025-11-22",
      nps: { difference: 200, low: null, p: null },
    });
  });
});

describe("several surveys as one", () => {
  const combined = (query: string, headers = ADMIN) => collector.get<Metrics>(`/v1/metrics?${query}`, headers);

  it("adds their counters up day by day", async () => {
    const [a, b] = [
      await collector.makeSurvey({ segments: ["plan"] }),
      await collector.makeSurvey({ segments: ["plan"] }),
    ];
    await answer(a, [{ nps: 10, plan: "pro" }, { nps: 10 }]);
    await answer(b, [{ nps: 0, plan: "pro" }]);
    const { body } = await combined(`survey=${a}&survey=${b}&group_by=plan&interval=day`);
    expect(body).toMatchObject({ surveys: [a, b], responses: 3, nps: { score: 33 } });
    expect(body.groups).toMatchObject([
      { value: "pro", responses: 2, nps: { score: 0 } },
      { value: null, responses: 1 },
    ]);
    expect(body.series?.at(-1)?.responses).toBe(3);
    expect((await combined(`survey=${a}`)).body).toMatchObject({ surveys: [a], responses: 2 });
  });

  it("takes two names of one time zone for one, in a query and in settings", async () => {
    const [kiev, kyiv] = [
      await collector.makeSurvey({ timezone: "Europe/Kiev" }),
      await collector.makeSurvey({ timezone: "Europe/Kyiv" }),
    ];
    await answer(kiev, [{ nps: 10 }]);
    await answer(kyiv, [{ nps: 10 }]);
    expect((await combined(`survey=${kiev}&survey=${kyiv}`)).body).toMatchObject({
      responses: 2,
      timezone: "Europe/Kiev",
    });
    expect((await collector.get(`/v1/topics?survey=${kiev}&survey=${kyiv}`)).status).toBe(200);
    const renamed = await collector.request("PATCH", `/v1/surveys/${kiev}`, { timezone: "Europe/Kyiv" }, ADMIN);
    expect(renamed.body).toMatchObject({ timezone: "Europe/Kyiv" });
    const row = env.DB.prepare("SELECT first_open_day FROM surveys WHERE id = ?").bind(kiev);
    expect(await row.first("first_open_day")).toBe("");
  });

  it("has one default range for metrics and topics, of one survey and of several, in any order", async () => {
    const zones = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"];
    const moved: string[] = [];
    for (const timezone of zones) {
      const id = await collector.makeSurvey({ timezone });
      // A survey that comes from a zone further east is a day ahead of one that was always here.
      await collector.request("PATCH", `/v1/surveys/${id}`, { timezone: "Pacific/Honolulu" }, ADMIN);
      moved.push(id);
    }
    for (const ids of [moved, moved.toReversed(), ...moved.map((id) => [id])])
      for (const days of ["", "&from=2026-11-01", "&to=2026-11-23", "&from=2026-11-24"]) {
        const query = `${ids.map((id) => `survey=${id}`).join("&")}${days}`;
        const replies = [await combined(query), await collector.get<Metrics>(`/v1/topics?${query}`)];
        if (ids.length === 1)
          for (const what of ["metrics", "topics"])
            replies.push(await collector.get<Metrics>(`/v1/surveys/${ids[0]}/${what}?${days.slice(1)}`));
        const ranges = replies.map(({ body: { from, to } }) => `${from} ${to}`);
        expect(new Set(ranges).size).toBe(1);
      }
  });

  it("refuses mixed time zones, surveys that are not there, and those beyond the key", async () => {
    const a = await collector.makeSurvey();
    const kyiv = await collector.makeSurvey({ timezone: "Europe/Kyiv" });
    expect(await combined(`survey=${a}&survey=${kyiv}`)).toMatchObject({ status: 422, body: { code: "invalid" } });
    expect((await combined(`survey=${a}&survey=srv_nobody`)).status).toBe(404);
    expect((await combined("interval=day")).body).toMatchObject({ status: 422, errors: [{ pointer: "/survey" }] });
    const key = await collector.request("POST", "/v1/keys", { name: "k", scope: "metrics", survey: a }, ADMIN);
    const bound = { Authorization: `Bearer ${key.body.key}` };
    expect((await combined(`survey=${a}`, bound)).status).toBe(200);
    expect((await combined(`survey=${a}&survey=${kyiv}`, bound)).status).toBe(403);
  });
});

describe("what cannot be asked", () => {
  it.each([
    ["where=plan", "invalid", "/where"],
    ["where=colour:red", "invalid", "/where"],
    ["group_by=colour", "invalid", "/group_by"],
    ["where=plan:pro&group_by=channel", "unsupported_combination", "/group_by"],
    ["where=plan:pro&exclude=flagged", "unsupported_combination", "/exclude"],
    ["group_by=plan&exclude=flagged", "unsupported_combination", "/exclude"],
    ["rolling=30", "unsupported_combination", "/rolling"],
    ["rolling=1&interval=day", "invalid", "/rolling"],
    ["compare=last", "invalid", "/compare"],
    ["exclude=spam", "invalid", "/exclude"],
  ])("refuses ?%s as %s at %s", async (query, code, pointer) => {
    const survey = await collector.makeSurvey({ segments: ["plan", "channel"] });
    const reply = await collector.get(`/v1/surveys/${survey}/metrics?${query}`);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ code, errors: [{ pointer }] });
  });
});

it("answers 404 for a deleted survey even where its figures were read before", async () => {
  const survey = await collector.makeSurvey();
  await answer(survey, [{ nps: 9 }]);
  const tag = (await collector.get(`/v1/surveys/${survey}/metrics`)).headers.get("ETag") ?? "";
  await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
  const reply = await collector.get(`/v1/surveys/${survey}/metrics`, { ...ADMIN, "If-None-Match": tag });
  expect(reply.status).toBe(404);
});
