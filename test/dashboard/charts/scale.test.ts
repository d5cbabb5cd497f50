import { expect, it } from "vitest";
import { boundsAround, spread, ticks } from "../../../dashboard/charts/scale.ts";

it.each([
  [-100, 100, 4, [-100, -50, 0, 50, 100]],
  [20, 60, 4, [20, 30, 40, 50, 60]],
  [0, 40, 3, [0, 20, 40]],
])("marks %i to %i with about %i round values", (low, high, wanted, expected) => {
  expect(ticks(low, high, wanted)).toEqual(expected);
});

it.each([
  [
    [33, 47],
    [-100, 100],
    [20, 60],
  ],
  [
    [95, 99],
    [-100, 100],
    [60, 100],
  ],
  [[], [0, 100], [0, 100]],
  [
    [-100, 100],
    [-100, 100],
    [-100, 100],
  ],
] as const)("puts %j between round bounds", (values, limits, expected) => {
  expect(boundsAround(values, limits, 40)).toEqual(expected);
});

it("spreads marks evenly", () => {
  expect(spread(10, 4)).toEqual([0, 3, 6, 9]);
  expect(spread(1, 0)).toEqual([0]);
});
