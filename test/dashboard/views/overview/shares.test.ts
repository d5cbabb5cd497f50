import { expect, it } from "vitest";
import { bandShares, shareDecimals } from "../../../../dashboard/views/overview/bands.ts";
import type { ScoreName } from "../../../../shared/questions.ts";
import { scoresOf } from "../../../../shared/questions.ts";
import { scoreMetrics } from "../../../../shared/score.ts";

const decimalsOf = (name: ScoreName, counts: Record<number, number>) => {
  const figures = scoreMetrics(
    name,
    scoresOf[name].map((score) => counts[score] ?? 0),
  );
  return shareDecimals(bandShares(name, figures!), figures!.score);
};

it.each([
  ["33 + 33 + 33", "nps", { 0: 1, 7: 1, 9: 1 }, 1],
  ["13 + 0 + 88", "nps", { 0: 7, 10: 1 }, 1],
  ["75 − 13 beside 63", "nps", { 0: 1, 7: 1, 10: 6 }, 1],
  ["50 + 25 + 25", "nps", { 0: 1, 7: 1, 10: 2 }, 0],
  ["all of one kind", "nps", { 10: 3 }, 0],
  ["33 + 33 + 33", "csat", { 1: 1, 3: 1, 5: 1 }, 1],
  ["50 + 50", "csat", { 1: 1, 5: 1 }, 0],
] as const)("shares of %s (%s) are shown with the decimals they need", (_, name, counts, decimals) => {
  expect(decimalsOf(name, counts)).toBe(decimals);
});

it("whole numbers that are shown never contradict the score beside them", () => {
  for (let high = 0; high <= 12; high++)
    for (let middle = 0; middle <= 12; middle++)
      for (let low = 0; low <= 12; low++) {
        if (high + middle + low === 0) continue;
        const distribution = scoresOf.nps.map((score) =>
          score === 10 ? high : score === 7 ? middle : score === 0 ? low : 0,
        );
        const figures = scoreMetrics("nps", distribution)!;
        const shares = bandShares("nps", figures);
        if (shareDecimals(shares, figures.score) === 1) continue;
        const { promoters, passives, detractors, score } = figures;
        expect(promoters.percent + passives.percent + detractors.percent).toBe(100);
        expect(promoters.percent - detractors.percent).toBe(score);
      }
});
