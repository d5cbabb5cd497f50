import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { Topics } from "../../../shared/schema/topics.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON, SECRET } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
let survey: string;
const read = async (query = "", headers = ADMIN) =>
  (await collector.get<Topics>(`/v1/surveys/${survey}/topics${query}`, headers)).body;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey({
    topics: [
      { name: "Staff", stems: ["персонал", "staff"] },
      { name: "Delivery", stems: ["доставк", "deliver"] },
      { name: "Price", stems: ["цін"] },
    ],
  });
  for (const send of [
    { nps: 0, csat: 1, comment: "Доставка жахлива, персонал чемний, сайт гальмує" },
    { nps: 2, comment: "late DELIVERY; сайт падає" },
    { nps: 10, csat: 5, comment: "персонал чудовий" },
    { nps: 10, comment: "сайту бракує кошика" },
    { nps: 9 },
  ])
    await collector.post(aResponse(survey, send));
});

describe("topics", () => {
  it("say who named them, their scores, the scores without them, and what costs most first", async () => {
    const { topics, nps, comments } = await read();
    expect([nps?.score, comments]).toEqual([20, 4]);
    expect(topics.map(({ name, responses, percent }) => [name, responses, percent])).toEqual([
      ["Delivery", 2, 50],
      ["Staff", 2, 50],
      ["Price", 0, 0],
    ]);
    expect(topics[0]).toMatchObject({
      nps: { score: -100 },
      without: { responses: 3, nps: { score: 100 }, csat: { score: 100 } },
      effect: { nps: -80, csat: -50 },
    });
    expect(topics[1]).toMatchObject({ nps: { score: 0 }, without: { nps: { score: 33 } }, effect: { nps: -13.3 } });
    expect(topics[2]).toMatchObject({ nps: null, effect: { nps: 0 } });
  });

  it("stand in the order of what they cost another score, where nobody was asked to recommend", async () => {
    const topics = ["Staff", "Delivery"].map((name) => ({ name, stems: [name.toLowerCase()] }));
    const satisfaction = await collector.makeSurvey({ questions: ["csat", "comment"], topics });
    for (const send of [
      { csat: 5, comment: "staff" },
      { csat: 5, comment: "the staff again" },
      { csat: 1, comment: "delivery" },
    ])
      await collector.post(aResponse(satisfaction, { nps: undefined, ...send }));
    const { body } = await collector.get<Topics>(`/v1/surveys/${satisfaction}/topics`, ADMIN);
    expect(body.topics.map(({ name }) => name)).toEqual(["Delivery", "Staff"]);
  });

  it("are counted per period", async () => {
    const { topics } = await read("?from=2026-11-21&interval=day&suggest=0");
    expect(topics[0]?.series?.map((point) => point.responses)).toEqual([0, 2]);
  });

  it("follow the comment when it is changed or taken back", async () => {
    const response = aResponse(survey, { nps: 5, comment: "ціна" });
    const price = async () => (await read()).topics.find(({ name }) => name === "Price")?.responses;
    await collector.post(response);
    expect(await price()).toBe(1);
    await collector.post({ ...response, properties: { plan: "pro" } });
    expect(await price()).toBe(1);
    await collector.post({ survey, id: response.id, secret: SECRET, csat: 3 });
    expect(await price()).toBe(1);
    await collector.post({ survey, id: response.id, secret: SECRET, comment: "delivered" });
    expect(await price()).toBe(0);
    expect((await read()).topics[0]?.responses).toBe(3);
    await collector.post({ survey, id: response.id, secret: SECRET, comment: "" });
    expect((await read()).topics[0]?.responses).toBe(2);
    await expectRecountAgrees(survey);
  });
});

describe("suggestions", () => {
  it("are the words that comments share and no topic has, with their score", async () => {
    expect((await read()).suggestions).toEqual([{ stem: "сайт", word: "сайт", comments: 3, nps: -33 }]);
    expect(await read("?suggest=0")).not.toHaveProperty("suggestions");
  });

  it("are kept from a key that may not read comments", async () => {
    const key = await collector.request("POST", "/v1/keys", { name: "board", scope: "metrics" }, ADMIN);
    const figures = await read("", { Authorization: `Bearer ${key.body.key}` });
    expect(figures.topics).toHaveLength(3);
    expect(figures).not.toHaveProperty("suggestions");
  });

  it("is refused beyond fifty", async () => {
    expect(await read("?suggest=51")).toMatchObject({ status: 422, errors: [{ pointer: "/suggest" }] });
  });
});

describe("topics of several surveys as one", () => {
  const topicsOf = (name: string, stem: string) => ({ name, stems: [stem] });
  let surveys: string[];

  beforeAll(async () => {
    surveys = [
      await collector.makeSurvey({ topics: [topicsOf("Delivery", "deliver"), topicsOf("Price", "price")] }),
      await collector.makeSurvey({ topics: [topicsOf("Delivery", "courier"), topicsOf("Staff", "staff")] }),
    ];
    const [shop = "", phone = ""] = surveys;
    for (const [survey, send] of [
      [shop, { nps: 0, comment: "late delivery, high price" }],
      [shop, { nps: 10, comment: "fine" }],
      [phone, { nps: 2, comment: "the courier shouted" }],
      [phone, { nps: 9, comment: "deliver us from evil; staff" }],
    ] as const)
      await collector.post(aResponse(survey, send));
  });

  const together = (headers = ADMIN, more = "") =>
    collector.get<Topics>(`/v1/topics?${surveys.map((id) => `survey=${id}`).join("&")}${more}`, headers);

  it("are those that each declares, added up", async () => {
    const { body } = await together();
    expect(body.surveys).toEqual(surveys);
    expect([body.responses, body.nps?.score]).toEqual([4, 0]);
    expect(body.topics.map(({ name, responses, percent }) => [name, responses, percent])).toEqual([
      ["Delivery", 2, 50],
    ]);
    expect(body.topics[0]).toMatchObject({
      nps: { score: -100 },
      without: { nps: { score: 100 } },
      effect: { nps: -100 },
    });
    expect(body).not.toHaveProperty("suggestions");
  });

  it("are the survey's own where only one is asked for", async () => {
    const alone = (await collector.get<Topics>(`/v1/surveys/${surveys[0]}/topics?suggest=0`)).body;
    const { surveys: asked, ...same } = (await collector.get<Topics>(`/v1/topics?survey=${surveys[0]}`)).body;
    expect(asked).toEqual([surveys[0]]);
    expect({ survey: surveys[0], ...same }).toEqual(alone);
  });

  it("answer 304 until one of them changes", async () => {
    const tag = (await together()).headers.get("ETag") ?? "";
    const again = () => together({ ...ADMIN, "If-None-Match": tag } as typeof ADMIN);
    expect((await again()).status).toBe(304);
    await collector.post(aResponse(surveys[1]!, { nps: 5 }));
    expect((await again()).status).toBe(200);
  });

  it("are refused to a key bound to one of them, and of an unknown one", async () => {
    const made = await collector.request("POST", "/v1/keys", { name: "x", scope: "admin", survey: surveys[0] }, ADMIN);
    expect((await together({ Authorization: `Bearer ${made.body.key}` })).status).toBe(403);
    expect((await together(ADMIN, "&survey=srv_nobodyhere")).status).toBe(404);
    expect((await together(ADMIN, "&suggest=3")).status).toBe(422);
  });
});

describe("topics within a segment", () => {
  const settings = {
    topics: [
      { name: "Delivery", stems: ["deliver"] },
      { name: "Staff", stems: ["staff"] },
    ],
    segments: ["plan"],
  };
  const sends = [
    { nps: 0, csat: 1, comment: "late delivery", days: 0 },
    { nps: 3, comment: "delivered by rude staff", days: 1 },
    { nps: 10, comment: "kind staff", days: 5 },
    { nps: 9, csat: 4, days: 5 },
    { nps: 7, comment: "so so", days: 5 },
  ];

  /** Each of the sends its days ago, of people with the plan. */
  async function send(to: string, plan: string, chosen = sends): Promise<string[]> {
    const ids: string[] = [];
    const past = aCollector();
    for (const { days, ...fields } of chosen) {
      past.clock.now = NOON - days * DAY;
      const response = aResponse(to, { ...fields, id: anId(past.clock.now), properties: { plan } });
      expect((await past.post(response)).status).toBe(201);
      ids.push(response.id);
    }
    return ids;
  }

  const figuresOf = async (of: string, query: string) => {
    const { status, body } = await collector.get<Topics>(`/v1/surveys/${of}/topics?${query}`);
    expect(status).toBe(200);
    const { survey: _, updated_at: __, ...figures } = body;
    return figures;
  };

  it("are what they would be if the segment were a survey of its own", async () => {
    const [mixed, alone] = [await collector.makeSurvey(settings), await collector.makeSurvey(settings)];
    const exclude = (of: string, id: string | undefined) =>
      collector.request("PATCH", `/v1/surveys/${of}/responses/${id}`, { excluded: true }, ADMIN);
    await exclude(mixed, (await send(mixed, "pro"))[0]);
    await exclude(alone, (await send(alone, "pro"))[0]);
    // Erasure takes the segment with the person: the score that stays is in no plan.
    const [, erased] = await send(mixed, "pro");
    await collector.request("DELETE", `/v1/surveys/${mixed}/responses/${erased}`, undefined, ADMIN);
    await send(alone, "pro", sends.toSpliced(1, 1));
    await send(mixed, "free");
    for (const days of ["", "&from=2026-11-18&to=2026-11-21", "&from=2026-11-17&to=2026-11-17"])
      expect(await figuresOf(mixed, `where=plan:pro&interval=day${days}`)).toEqual(
        await figuresOf(alone, `interval=day${days}`),
      );
    const within = await figuresOf(mixed, "where=plan:pro");
    expect(within.topics.map(({ name, comments }) => [name, comments])).toEqual([
      ["Delivery", 2],
      ["Staff", 3],
    ]);
    expect(within).not.toHaveProperty("shortened");
    expect(await figuresOf(mixed, "where=plan:nobody")).toMatchObject({ responses: 0, topics: [{}, {}] });
  });

  it("begin with the first day from which every comment can be read, and are refused where there is none", async () => {
    const survey = await collector.makeSurvey(settings);
    await send(survey, "pro");
    const purge = (before: string) =>
      env.DB.prepare("DELETE FROM responses WHERE survey_id = ? AND day < ?").bind(survey, before).run();
    await purge("2026-11-20");
    const cut = await figuresOf(survey, "where=plan:pro");
    expect(cut).toMatchObject({ from: "2026-11-18", to: "2026-11-22", responses: 2, comments: 2, shortened: true });
    expect(await figuresOf(survey, "where=plan:pro&from=2026-11-18")).toEqual({ ...cut, shortened: undefined });
    await purge("2026-12-01");
    const refused = await collector.get(`/v1/surveys/${survey}/topics?where=plan:pro`);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "unsupported_combination", errors: [{ pointer: "/where" }] });
  });

  it("read a bounded number of rows, and less of the past where comments are many", async () => {
    const survey = await collector.makeSurvey(settings);
    // A segment of one in ten thousand: what is read does not depend on how rare it is.
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, folded,
         comment_at, channel, segments)
       SELECT ?1, printf('%08x', value), ?2, date(?2 / 1000, 'unixepoch', (value / 9000 - 2) || ' days'), ?2, ?2,
         '2026-11-22', 9, 'text', 'text', ?2 + value, 'page',
         iif(value % 10000 = 1, '{"plan":"rare","×Staff":"true"}', '{"plan":"usual"}') FROM json_each(?3)`,
    )
      .bind(survey, NOON, JSON.stringify(Array.from({ length: 27_000 }, (_, index) => index)))
      .run();
    collector.rows.reset();
    const figures = await figuresOf(survey, "where=plan:rare&suggest=0");
    expect(collector.rows.read).toBeLessThanOrEqual(3 * limits.topicComments + 30);
    expect(figures).toMatchObject({ from: "2026-11-21", responses: 2, shortened: true });
    expect(figures.topics[0]).toMatchObject({ name: "Staff", comments: 2, without: { responses: 0 } });
  });

  it("suggest the words of the segment alone", async () => {
    const survey = await collector.makeSurvey(settings);
    for (const [plan, word] of [
      ["pro", "checkout"],
      ["free", "payment"],
    ] as const)
      for (let index = 0; index < 3; index++)
        await collector.post(aResponse(survey, { nps: 2, comment: `${word} fails`, properties: { plan } }));
    const { suggestions = [] } = await figuresOf(survey, "where=plan:pro");
    expect(suggestions.map(({ word, comments }) => [word, comments])).toContainEqual(["checkout", 3]);
    expect(suggestions.map(({ word }) => word)).not.toContain("payment");
  });

  it("are asked of one survey and one value at a time", async () => {
    for (const path of [`/v1/topics?survey=${survey}&where=plan:pro`, `/v1/surveys/${survey}/topics?where=a&where=b`]) {
      const { status, body } = await collector.get(path);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/where" }]);
    }
  });
});
