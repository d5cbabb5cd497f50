import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector, aResponse, DAY } from "../support/collector.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

async function aScoredSurvey(scores: { nps?: number; csat?: number }[]): Promise<string> {
  const survey = await collector.makeSurvey({ public_badge: true });
  for (const score of scores) await collector.post(aResponse(survey, score));
  return survey;
}

const badgeOf = (survey: string, query = "") => collector.get(`/v1/surveys/${survey}/badge${query}`, {});

describe("the badge", () => {
  it("is hidden like an unknown survey unless the owner shows it", async () => {
    expect((await badgeOf(await collector.makeSurvey())).status).toBe(404);
    expect((await badgeOf("srv_none")).status).toBe(404);
  });

  it.each([
    ["", [], { label: "NPS", message: "no answers yet", color: "lightgrey" }],
    ["", [{ nps: 10 }, { nps: 9 }, { nps: 8 }], { label: "NPS", message: "67", color: "brightgreen" }],
    ["", [{ nps: 10 }, { nps: 0 }], { label: "NPS", message: "0", color: "yellow" }],
    ["", [{ nps: 0 }], { label: "NPS", message: "−100", color: "orange" }],
    ["?score=csat", [{ nps: 1 }], { label: "satisfied", message: "no answers yet", color: "lightgrey" }],
    ["?score=csat", [{ csat: 5 }, { csat: 4 }, { csat: 1 }], { label: "satisfied", message: "67 %", color: "yellow" }],
  ])("with %s of %j is %j", async (query, scores, badge) => {
    const { body, headers } = await badgeOf(await aScoredSurvey(scores), query);
    expect(body).toEqual({ schemaVersion: 1, ...badge });
    expect(headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  it("looks back 90 days", async () => {
    const survey = await aScoredSurvey([{ nps: 10 }]);
    collector.clock.now += 89 * DAY;
    expect((await badgeOf(survey)).body).toMatchObject({ message: "100" });
    collector.clock.now += DAY;
    expect((await badgeOf(survey)).body).toMatchObject({ message: "no answers yet" });
    collector.clock.now -= 90 * DAY;
  });

  it("refuses a score that it does not know", async () => {
    expect((await badgeOf(await aScoredSurvey([]), "?score=ces")).status).toBe(422);
  });
});
