import { describe, expect, it } from "vitest";
import { answerCounters, answerHours, caseFigures } from "../../shared/cases.ts";

/** The counts of people who were answered after so many hours each. */
function answeredAfter(...hours: number[]): number[] {
  const ends = [...answerHours, Number.POSITIVE_INFINITY];
  return ends.map((end, index) => hours.filter((each) => each <= end && each > (ends[index - 1] ?? -1)).length);
}

describe("what became of the unhappy", () => {
  it("is how many were answered, the share within 24 hours, and the hours within which half were", () => {
    const hours = [0.2, 1, 2, 3, 4.5, 5, 5, 6, 23.9, 24, 30, 100];
    expect(caseFigures(15, answeredAfter(...hours))).toEqual({
      unhappy: 15,
      answered: { count: 12, percent: 80, exact: 80 },
      within_24h: { count: 10, percent: 83, exact: 83.3 },
      median_hours: 5,
    });
  });

  it.each<[hours: number[], median: number]>([
    [[0], 1],
    [[24], 24],
    [[24.1], 48],
    [[1, 50], 1],
    [[1, 50, 60], 72],
    [[169], 336],
    [[8760], 8760],
    [[99_999], 8760],
  ])("the median of %j hours is given as %d", (hours, median) => {
    expect(caseFigures(9, answeredAfter(...hours))?.median_hours).toBe(median);
  });

  it("has no pace before anybody was answered, and is nothing where nobody was unhappy", () => {
    const none = answerCounters.map(() => 0);
    expect(caseFigures(3, none)).toEqual({
      unhappy: 3,
      answered: { count: 0, percent: 0, exact: 0 },
      within_24h: null,
      median_hours: null,
    });
    expect(caseFigures(0, none)).toBeNull();
  });
});
