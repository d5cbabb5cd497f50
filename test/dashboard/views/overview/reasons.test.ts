import { expect, it } from "vitest";
import { segmentReasons, topicReasons } from "../../../../dashboard/views/overview/reasons.ts";
import type { Metrics } from "../../../../shared/schema/metrics-reply.ts";
import type { Topics } from "../../../../shared/schema/topics.ts";
import { npsMetrics } from "../../../../shared/score.ts";

const of = (detractors: number, promoters: number) => npsMetrics([detractors, 0, 0, 0, 0, 0, 0, 0, 0, 0, promoters]);
const all = { nps: of(50, 150), csat: null } as Metrics;
const group = (value: string | null, detractors: number, promoters: number) => ({
  value,
  nps: of(detractors, promoters),
  csat: null,
  responses: detractors + promoters,
  comments: 0,
});
const topic = (name: string, effect: number | null, answers: number) => ({
  name,
  effect: { nps: effect, csat: null },
  nps: of(answers, 0),
});
const topics = (...each: ReturnType<typeof topic>[]) => ({ topics: each }) as unknown as Topics;

it("puts first what costs most, leaves out what moves nothing, and says which is a hint only", () => {
  const found = topicReasons(
    topics(topic("Price", 0.4, 40), topic("Delivery", -3.8, 60), topic("Staff", 2, 12), topic("Returns", null, 0)),
    "nps",
  );
  expect(found).toEqual([
    { topic: "Delivery", points: -3.8, answers: 60, lowSample: false },
    { topic: "Staff", points: 2, answers: 12, lowSample: true },
  ]);
});

it("names at most four, the strongest of all", () => {
  const found = topicReasons(
    topics(...[1, -2, 3, -4, 5, -6].map((effect) => topic(String(effect), effect, 40))),
    "nps",
  );
  expect(found.map(({ points }) => points)).toEqual([-6, -4, 3, 5]);
});

it("compares the values of all segments, and names nobody whom one cannot know", () => {
  const breakdown = (segment: string, ...groups: ReturnType<typeof group>[]) => ({
    segment,
    metrics: { groups } as unknown as Metrics,
  });
  const found = segmentReasons(
    [
      breakdown("plan", group("free", 40, 40), group("pro", 10, 80), group(null, 0, 30)),
      breakdown("device", group("phone", 30, 70), group("desktop", 20, 80), group("tablet", 1, 0)),
    ],
    all,
    "nps",
  );
  expect(found.map(({ segment, value, points }) => [segment, value, points])).toEqual([
    ["plan", "free", -20],
    ["device", "phone", -5],
    ["device", "desktop", 5],
    ["plan", "pro", 12.5],
  ]);
  expect(found.every(({ lowSample }) => !lowSample)).toBe(true);
});
