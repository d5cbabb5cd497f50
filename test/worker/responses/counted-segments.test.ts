/** What a response counts under, whatever changed between its sends, and whenever the segment was declared. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CommentItem } from "../../../shared/schema/comment.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { backfillSurvey } from "../../../worker/jobs/backfill.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, SECRET } from "../support/collector.ts";
import { anInvitation, answerPage, PERSON } from "../support/links.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile";
const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64)";
const DECLARED = [
  "plan",
  "language",
  "channel",
  "device",
  "plan×language",
  "plan×channel",
  "language×channel",
  "plan×device",
  "page",
  "plan×page",
];

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

async function segmentsOf(survey: string): Promise<Record<string, Record<string, string>>> {
  const { results } = await env.DB.prepare("SELECT id, segments FROM responses WHERE survey_id = ? ORDER BY id")
    .bind(survey)
    .all<{ id: string; segments: string }>();
  return Object.fromEntries(results.map(({ id, segments }) => [id, JSON.parse(segments)]));
}

/** Fails unless the value of each crossed segment is made of its parts' values, or is missing if a part is missing. */
function expectCrossed(segments: Record<string, string>): void {
  for (const name of DECLARED.filter((each) => each.includes("×"))) {
    const parts = name.split("×").map((part) => segments[part]);
    expect(segments[name]).toBe(parts.every((part) => part !== undefined) ? parts.join("×") : undefined);
  }
}

const send = fc.record({
  who: fc.nat(2),
  nps: fc.integer({ min: 0, max: 10 }),
  fields: fc.record(
    {
      properties: fc.record({ plan: fc.constantFrom("free", "pro", null) }, { requiredKeys: [] }),
      locale: fc.constantFrom("uk-UA", "en", "EN-gb", "ar"),
      comment: fc.constantFrom("", "good"),
      page: fc.constantFrom("https://shop.example/a", "https://shop.example/b/17"),
    },
    { requiredKeys: [] },
  ),
  agent: fc.constantFrom(PHONE, DESKTOP, ""),
  keyed: fc.boolean(),
  declare: fc.integer({ min: 0, max: 6 }),
});

it("is the same whether the segments were declared before the sends, between them or after", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(send, { minLength: 1, maxLength: 12 }), async (sends) => {
      const before = await collector.makeSurvey({ segments: DECLARED });
      const later = await collector.makeSurvey();
      const ids = [anId(), anId(), anId()];
      const declare = () => collector.request("PATCH", `/v1/surveys/${later}`, { segments: DECLARED }, ADMIN);
      for (const { who, nps, fields, agent, keyed, declare: when } of sends) {
        if (when === 0) await declare();
        for (const survey of [before, later]) {
          const headers = { "User-Agent": agent, ...(keyed ? ADMIN : { Origin: "https://shop.example" }) };
          const reply = await collector.post({ survey, id: ids[who], secret: SECRET, nps, ...fields }, headers);
          expect(reply.status).toBeLessThan(300);
        }
      }
      await declare();
      await backfillSurvey(storeOf(env.DB), later, collector.clock.now, 10);
      const [first, second] = [await segmentsOf(before), await segmentsOf(later)];
      for (const segments of Object.values(first)) expectCrossed(segments);
      for (const segments of Object.values(second)) expectCrossed(segments);
      // The device is stored only since a segment counts by it.
      for (const all of [first, second])
        for (const segments of Object.values(all)) {
          delete segments.device;
          delete segments["plan×device"];
        }
      expect(second).toEqual(first);
      await expectRecountAgrees(before);
      await expectRecountAgrees(later);
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe("a segment crossed with a built-in one follows the first send as that does", () => {
  const only = async (survey: string) => Object.values(await segmentsOf(survey))[0];

  it("in a page, with new properties from another device in another language", async () => {
    const survey = await collector.makeSurvey({ segments: DECLARED });
    const response = aResponse(survey, { properties: { plan: "free" }, locale: "uk" });
    await collector.post(response, { Origin: "https://shop.example", "User-Agent": PHONE });
    const changed = { ...response, properties: { plan: "pro" }, locale: "en-GB" };
    await collector.post(changed, { Origin: "https://shop.example", "User-Agent": DESKTOP });
    expect(await only(survey)).toEqual({
      plan: "pro",
      language: "uk",
      channel: "page",
      device: "phone",
      "plan×language": "pro×uk",
      "plan×channel": "pro×page",
      "language×channel": "uk×page",
      "plan×device": "pro×phone",
    });
    await expectRecountAgrees(survey);
  });

  it("where no other segment knows the device", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan×device"] });
    const response = aResponse(survey);
    await collector.post(response, { Origin: "https://shop.example", "User-Agent": PHONE });
    await collector.post(
      { ...response, properties: { plan: "pro" } },
      { Origin: "https://shop.example", "User-Agent": DESKTOP },
    );
    expect(await only(survey)).toEqual({ "plan×device": "pro×phone" });
  });

  it("by invitation", async () => {
    const survey = await collector.makeSurvey({ segments: DECLARED });
    const { url } = await anInvitation(collector, survey, { id: "ann", properties: { plan: "pro" } });
    await answerPage(
      collector,
      `${url}?lang=uk`,
      { ...PERSON, nps: "9", lang: "uk" },
      { headers: { "User-Agent": PHONE } },
    );
    await answerPage(
      collector,
      `${url}?lang=ar`,
      { ...PERSON, nps: "3", lang: "ar" },
      { headers: { "User-Agent": DESKTOP } },
    );
    expect(await only(survey)).toMatchObject({
      device: "phone",
      "plan×device": "pro×phone",
      language: "uk",
      "plan×language": "pro×uk",
      "language×channel": "uk×invitation",
    });
    await expectRecountAgrees(survey);
  });

  it("of a response that was stored before language and device had columns", async () => {
    const survey = await collector.makeSurvey({ segments: DECLARED });
    const response = aResponse(survey, { properties: { plan: "free" }, locale: "uk" });
    await collector.post(response, { Origin: "https://shop.example", "User-Agent": PHONE });
    await env.DB.prepare("UPDATE responses SET language = NULL, device = NULL WHERE id = ?").bind(response.id).run();
    const changed = { ...response, properties: { plan: "pro" }, locale: "en" };
    await collector.post(changed, { Origin: "https://shop.example", "User-Agent": DESKTOP });
    expect(await only(survey)).toMatchObject({ "plan×device": "pro×phone", "plan×language": "pro×uk", language: "uk" });
  });
});

describe("the segment of the page", () => {
  const groups = async (survey: string) =>
    (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?group_by=page`)).body.groups!;

  it("is one value for the pages that differ in a number alone, by which figures and words are narrowed", async () => {
    const survey = await collector.makeSurvey({ segments: ["page"] });
    for (const page of ["/orders/1", "/orders/22/", "/help"])
      await collector.post(aResponse(survey, { page: `https://shop.example${page}?token=s`, comment: page }));
    await collector.post(aResponse(survey));
    expect((await groups(survey)).map(({ value, responses }) => [value, responses])).toEqual([
      ["/orders", 2],
      ["/help", 1],
      [null, 1],
    ]);
    const { body } = await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?where=page:/orders`);
    expect(body.responses).toBe(2);
    const words = await collector.get<Page<CommentItem>>(`/v1/surveys/${survey}/comments?where=page:/orders`);
    expect(words.body.items.map(({ comment }) => comment).sort()).toEqual(["/orders/1", "/orders/22/"]);
  });

  it("has a hundred values, and the rest", async () => {
    const survey = await collector.makeSurvey({ segments: ["page"] });
    for (let at = 0; at < 102; at++)
      await collector.post(aResponse(survey, { page: `https://shop.example/page-${at}` }));
    const rest = (await groups(survey)).find((group) => group.rest);
    expect(rest?.responses).toBe(2 + 101 - 50 - 1);
    const { results } = await env.DB.prepare("SELECT value FROM segment_values WHERE survey_id = ?").bind(survey).all();
    expect(results).toHaveLength(100);
  });

  it("is that of the last send that names a page, alone and crossed", async () => {
    const survey = await collector.makeSurvey({ segments: ["page", "plan×page"] });
    const response = aResponse(survey, { page: "https://shop.example/a", properties: { plan: "pro" } });
    const from = { Origin: "https://shop.example" };
    await collector.post(response, from);
    await collector.post({ ...response, page: "https://shop.example/b/1", nps: 2 }, from);
    expect(Object.values(await segmentsOf(survey))[0]).toEqual({ page: "/b", "plan×page": "pro×/b" });
    const { page: _, properties: __, ...others } = response;
    await collector.post({ ...others, nps: 3 }, from);
    expect(Object.values(await segmentsOf(survey))[0]).toEqual({ page: "/b", "plan×page": "pro×/b" });
    await collector.post({ ...others, nps: 3, properties: { plan: "free" } }, from);
    expect(Object.values(await segmentsOf(survey))[0]).toEqual({ page: "/b", "plan×page": "free×/b" });
    await expectRecountAgrees(survey);
  });

  it("has no value where a survey keeps no page", async () => {
    const survey = await collector.makeSurvey({ segments: ["page"], anonymous: true });
    await collector.post(aResponse(survey, { page: "https://shop.example/a" }));
    expect(Object.values(await segmentsOf(survey))[0]).toEqual({});
  });
});

it("an ordinary change is one query, and one from another device at most five", async () => {
  const survey = await collector.makeSurvey({ segments: DECLARED });
  const response = aResponse(survey, { properties: { plan: "free" }, locale: "uk" });
  const from = (agent: string) => ({ Origin: "https://shop.example", "User-Agent": agent });
  await collector.post(response, from(PHONE));
  collector.rows.reset();
  await collector.post({ ...response, nps: 3 }, from(PHONE));
  expect(collector.rows.queries).toBe(1);
  collector.rows.reset();
  await collector.post({ ...response, nps: 4 }, from(DESKTOP));
  expect(collector.rows.queries).toBeLessThanOrEqual(5);
});
