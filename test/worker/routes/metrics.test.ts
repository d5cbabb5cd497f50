import { beforeAll, describe, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

const metrics = async (survey: string, query = "") =>
  (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics${query}`)).body;

async function answer(survey: string, scores: { nps?: number[]; csat?: number[] }, at = NOON) {
  for (const nps of scores.nps ?? []) await collector.post(aResponse(survey, { id: anId(at), nps }));
  for (const csat of scores.csat ?? []) await collector.post(aResponse(survey, { id: anId(at), csat }));
}

describe("metrics", () => {
  it("shows nulls where nobody answered", async () => {
    const survey = await collector.makeSurvey();
    expect(await metrics(survey)).toEqual({
      survey,
      from: "2026-08-25",
      to: "2026-11-22",
      timezone: "UTC",
      responses: 0,
      nps: null,
      csat: null,
      comments: 0,
      shown: null,
      dismissed: null,
      response_rate: null,
      targets: { nps: null, csat: null },
      updated_at: "2026-11-22T12:00:00.000Z",
    });
  });

  it("shows both scores, both CSAT conventions and the intervals the moment after each tap", async () => {
    const survey = await collector.makeSurvey({ targets: { nps: 50 } });
    await answer(survey, { nps: [0, 7, 8, 9, 10, 10], csat: [1, 3, 4, 5, 5] });
    expect(await metrics(survey)).toMatchObject({
      responses: 11,
      nps: {
        score: 33,
        exact: 33.3,
        responses: 6,
        promoters: { count: 3, percent: 50 },
        passives: { count: 2, percent: 33 },
        detractors: { count: 1, percent: 17 },
        distribution: [1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2],
        interval: { level: 0.95, low: -26.7, high: 71.2 },
        low_sample: true,
      },
      csat: {
        score: 60,
        exact: 60,
        mean: 3.6,
        responses: 5,
        satisfied: { count: 3, percent: 60 },
        neutral: { count: 1, percent: 20 },
        dissatisfied: { count: 1, percent: 20 },
        distribution: [1, 0, 1, 1, 2],
        interval: { level: 0.95, low: 23.1, high: 88.2 },
        low_sample: true,
      },
      targets: { nps: { target: 50, gap: -16.7, cleared: false }, csat: null },
    });
  });

  it("cuts the range into buckets, empty ones with null, that add up to the whole", async () => {
    const survey = await collector.makeSurvey();
    await answer(survey, { nps: [9, 3] }, NOON - 6 * DAY);
    await answer(survey, { nps: [10] });
    for (const [interval, length] of [
      ["day", 90],
      ["week", 13],
      ["month", 4],
      ["quarter", 2],
      ["year", 1],
    ] as const) {
      const { series = [], nps } = await metrics(survey, `?interval=${interval}`);
      expect(series).toHaveLength(length);
      expect(series[0]?.start).toBe("2026-08-25");
      expect(series.at(-1)?.end).toBe("2026-11-22");
      expect(series.reduce((sum, point) => sum + (point.nps?.responses ?? 0), 0)).toBe(nps?.responses);
    }
    const { series = [] } = await metrics(survey, "?from=2026-11-16&to=2026-11-22&interval=day");
    expect(series.map((point) => point.nps?.score ?? null)).toEqual([0, null, null, null, null, null, 100]);
  });

  it("takes days as the survey's zone has them", async () => {
    const survey = await collector.makeSurvey({ timezone: "Pacific/Kiritimati" });
    await answer(survey, { nps: [10] });
    expect((await metrics(survey, "?from=2026-11-22&to=2026-11-22")).nps).toBeNull();
    expect((await metrics(survey, "?from=2026-11-23&to=2026-11-23")).nps?.score).toBe(100);
    expect((await metrics(survey)).to).toBe("2026-11-23");
  });

  it.each([
    ["from=2026-02-30", "/from"],
    ["from=yesterday", "/from"],
    ["from=2026-11-22&to=2026-11-21", "/from"],
    ["from=2016-11-22&to=2026-11-22", "/from"],
    ["interval=hour", "/interval"],
    ["from=2026-11-01&from=2026-11-02", "/from"],
    ["colour=red", "/colour"],
  ])("refuses ?%s and points at it", async (query, pointer) => {
    const survey = await collector.makeSurvey();
    const reply = await collector.get(`/v1/surveys/${survey}/metrics?${query}`);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([{ pointer }]);
  });

  it("answers 304 until a figure changes, and 200 after any change", async () => {
    const survey = await collector.makeSurvey();
    const response = aResponse(survey, { nps: 9 });
    await collector.post(response);
    const path = `/v1/surveys/${survey}/metrics`;
    let tag = (await collector.get(path)).headers.get("ETag") ?? "";
    const unchanged = async () =>
      (await collector.get(path, { ...ADMIN, "If-None-Match": `W/"x", ${tag}` })).status === 304;
    expect(await unchanged()).toBe(true);
    await collector.post(response);
    expect(await unchanged()).toBe(true);
    const changes = [
      () => collector.post({ ...response, nps: 8 }),
      () => collector.post(aResponse(survey, { id: anId(NOON - 3 * DAY) })),
      () => collector.request("PATCH", `/v1/surveys/${survey}`, { targets: { nps: 10 } }, ADMIN),
      () =>
        collector.request("PATCH", `${path.replace("metrics", "responses")}/${response.id}`, { excluded: true }, ADMIN),
    ];
    for (const change of changes) {
      expect((await change()).status).toBeLessThan(300);
      expect(await unchanged()).toBe(false);
      tag = (await collector.get(path)).headers.get("ETag") ?? "";
      expect(await unchanged()).toBe(true);
    }
    collector.clock.now = NOON + DAY;
    expect(await unchanged()).toBe(false);
    collector.clock.now = NOON;
  });
});

describe("comments", () => {
  type Page = { items: { id: string; comment: string; nps_group: string | null }[]; next: string | null };

  it("come newest first, each once, however many pages and whatever arrives meanwhile", async () => {
    const survey = await collector.makeSurvey();
    const own = aCollector();
    for (let count = 0; count < 7; count++) {
      own.clock.now = NOON + Math.floor(count / 2);
      await own.post(aResponse(survey, { nps: 10, comment: `c${count}` }));
    }
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: Page = (await own.get<Page>(`/v1/surveys/${survey}/comments?limit=2${next ? `&cursor=${next}` : ""}`))
        .body;
      seen.push(...page.items.map((item) => item.comment));
      next = page.next;
      own.clock.now += 10;
      await own.post(aResponse(survey, { nps: 1, comment: "new" }));
    } while (next !== null);
    expect(seen).not.toContain("new");
    expect([...seen].sort()).toEqual(["c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
    expect(seen[0]).toBe("c6");
  });

  it("carry everything a team needs to answer", async () => {
    const survey = await collector.makeSurvey();
    const response = aResponse(survey, {
      nps: 3,
      csat: 2,
      comment: "<b>Доставка</b> запізнилася",
      respondent: { id: "ann" },
      properties: { plan: "pro" },
      locale: "uk-UA",
      page: "https://shop.example/cart?x=1",
    });
    await collector.post(response);
    const { body } = await collector.get<Page>(`/v1/surveys/${survey}/comments`);
    expect(body).toEqual({
      items: [
        {
          id: response.id,
          created_at: "2026-11-22T12:00:00.000Z",
          updated_at: "2026-11-22T12:00:00.000Z",
          nps: 3,
          csat: 2,
          comment: "<b>Доставка</b> запізнилася",
          nps_group: "detractor",
          csat_group: "dissatisfied",
          respondent: { id: "ann", verified: false },
          properties: { plan: "pro" },
          locale: "uk-UA",
          channel: "page",
          page: "https://shop.example/cart",
          topics: [],
          tags: [],
          status: "open",
          note: null,
          excluded: false,
          flags: [],
          assignee: null,
          answered_at: null,
        },
      ],
      next: null,
    });
  });

  it("refuse a cursor from elsewhere", async () => {
    const survey = await collector.makeSurvey();
    for (const cursor of ["abc", "!!", btoa("x y").replaceAll("=", "")])
      expect((await collector.get(`/v1/surveys/${survey}/comments?cursor=${cursor}`)).status).toBe(422);
  });
});
