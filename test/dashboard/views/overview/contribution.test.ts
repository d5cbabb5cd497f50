import { expect, it } from "vitest";
import { contributions } from "../../../../dashboard/views/overview/contribution.ts";
import { npsMetrics } from "../../../../shared/score.ts";

const of = (detractors: number, promoters: number) => npsMetrics([detractors, 0, 0, 0, 0, 0, 0, 0, 0, 0, promoters]);
const group = (value: string, detractors: number, promoters: number) => ({
  value,
  nps: of(detractors, promoters),
  csat: null,
  responses: detractors + promoters,
  comments: 0,
});

it("puts first the group that moves the score of all most, and groups without answers last", () => {
  const groups = [
    group("few angry", 2, 0),
    group("nobody", 0, 0),
    group("many unhappy", 40, 20),
    group("many happy", 5, 33),
  ];
  const rows = contributions(groups, { nps: of(47, 53), csat: null }, "nps");
  expect(rows.map(({ group: { value }, points }) => [value, points])).toEqual([
    ["many happy", 25.7],
    ["many unhappy", -23.6],
    ["few angry", -2.1],
    ["nobody", null],
  ]);
});
