import { beforeAll, describe, expect, it } from "vitest";
import type { Topics } from "../../../shared/schema/topics.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, SECRET } from "../support/collector.ts";
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
