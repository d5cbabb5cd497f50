import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  csatChange,
  csatGroup,
  csatMetrics,
  intervalExact,
  npsChange,
  npsChangeExact,
  npsGroup,
  npsMetrics,
  scoreContribution,
  scoreTarget,
  shareChangeExact,
} from "../../shared/score.ts";

import vectors from "./scores.json" with { type: "json" };

/** Eleven counts with so many detractors, passives and promoters; spread over the band's scores where it matters. */
function bands(detractors: number, passives: number, promoters: number): number[] {
  return [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters];
}

describe("NPS against figures computed elsewhere", () => {
  it.each(vectors.nps)("$detractors / $passives / $promoters is $score", (vector) => {
    const distribution = bands(vector.detractors, vector.passives, vector.promoters);
    const metrics = npsMetrics(distribution);
    expect(metrics?.score).toBe(vector.score);
    expect(metrics?.exact).toBeCloseTo(vector.exact, 0);
    expect(Math.abs((metrics?.exact ?? 0) - vector.exact)).toBeLessThanOrEqual(0.05 + 1e-9);
    const interval = intervalExact("nps", distribution);
    if (vector.interval === null) {
      expect(interval).toBeNull();
      expect(metrics?.interval).toBeNull();
    } else {
      expect(interval?.[0]).toBeCloseTo(vector.interval[0]!, 5);
      expect(interval?.[1]).toBeCloseTo(vector.interval[1]!, 5);
    }
  });

  it.each(vectors.nps_change)("changes by $observed with p $p", (vector) => {
    const before = bands(vector.before[0]!, vector.before[1]!, vector.before[2]!);
    const after = bands(vector.after[0]!, vector.after[1]!, vector.after[2]!);
    const exact = npsChangeExact(before, after);
    expect(exact.z).toBeCloseTo(vector.z, 5);
    expect(exact.p).toBeCloseTo(vector.p, 5);
    expect(exact.low).toBeCloseTo(vector.low, 5);
    expect(exact.high).toBeCloseTo(vector.high, 5);
    expect(Math.abs((npsChange(before, after)?.difference ?? 99) - vector.observed)).toBeLessThanOrEqual(0.05 + 1e-9);
  });
});

describe("CSAT against figures computed elsewhere", () => {
  it.each(vectors.csat)("$distribution is $score % and $mean", (vector) => {
    const metrics = csatMetrics(vector.distribution);
    expect(metrics?.score).toBe(vector.score);
    expect(Math.abs((metrics?.exact ?? 99) - vector.exact)).toBeLessThanOrEqual(0.05 + 1e-9);
    expect(Math.abs((metrics?.mean ?? 99) - vector.mean)).toBeLessThanOrEqual(0.005 + 1e-9);
    const interval = intervalExact("csat", vector.distribution);
    if (vector.interval === null) expect(interval).toBeNull();
    else {
      expect(interval?.[0]).toBeCloseTo(vector.interval[0]!, 5);
      expect(interval?.[1]).toBeCloseTo(vector.interval[1]!, 5);
    }
  });

  it.each(vectors.csat_change)("changes by $observed between $low and $high", (vector) => {
    const [k1, n1] = vector.before as [number, number];
    const [k2, n2] = vector.after as [number, number];
    const exact = shareChangeExact(k1, n1, k2, n2);
    expect(exact.low).toBeCloseTo(vector.low, 3);
    expect(exact.high).toBeCloseTo(vector.high, 3);
    const change = csatChange([n1 - k1, 0, 0, 0, k1], [n2 - k2, 0, 0, 0, k2]);
    expect(Math.abs((change?.difference ?? 999) - vector.observed)).toBeLessThanOrEqual(0.05 + 1e-9);
  });
});

describe("scores", () => {
  const counts = (length: number, max = 5000) => fc.array(fc.nat(max), { minLength: length, maxLength: length });

  it("nobody's answer is null, not 0", () => {
    expect(npsMetrics(Array(11).fill(0))).toBeNull();
    expect(csatMetrics(Array(5).fill(0))).toBeNull();
    expect(npsChange(Array(11).fill(0), bands(1, 1, 1))).toBeNull();
    expect(vectors.empty).toEqual({ nps: null, csat: null });
  });

  it("counts a score of 0", () => {
    expect(npsMetrics([1, ...Array(10).fill(0)])).toMatchObject({
      score: -100,
      responses: 1,
      detractors: { count: 1 },
    });
  });

  it("cuts the bands where the field does", () => {
    expect([0, 6, 7, 8, 9, 10].map(npsGroup)).toEqual([
      "detractor",
      "detractor",
      "passive",
      "passive",
      "promoter",
      "promoter",
    ]);
    expect([1, 2, 3, 4, 5].map(csatGroup)).toEqual([
      "dissatisfied",
      "dissatisfied",
      "neutral",
      "satisfied",
      "satisfied",
    ]);
  });

  it("any split of responses over days adds up to the same score", () => {
    fc.assert(
      fc.property(fc.array(counts(11, 50), { minLength: 1, maxLength: 30 }), (days) => {
        const sum = (list: number[][]) =>
          Array.from({ length: 11 }, (_, score) => list.reduce((n, day) => n + day[score]!, 0));
        const half = Math.floor(days.length / 2);
        const halves = [sum(days.slice(0, half)), sum(days.slice(half))];
        expect(npsMetrics(sum(halves))).toEqual(npsMetrics(sum(days)));
      }),
    );
  });

  it("rounds to the nearest, halves away from zero, the same on both sides, and never to −0", () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(2000), (d, passive, p) => {
        fc.pre(d + passive + p > 0);
        const up = npsMetrics(bands(d, passive, p))!;
        const down = npsMetrics(bands(p, passive, d))!;
        expect(up.score).toBe(down.score === 0 ? 0 : -down.score);
        expect(up.exact).toBe(down.exact === 0 ? 0 : -down.exact);
        expect(Object.is(up.score, -0) || Object.is(up.exact, -0) || Object.is(up.interval?.low, -0)).toBe(false);
        const n = d + passive + p;
        const doubled = 200 * Math.abs(p - d) + n;
        expect(Math.abs(up.score)).toBe(Math.floor(doubled / (2 * n)));
      }),
    );
  });

  it("an interval holds the score, within ±100, and narrows as answers come", () => {
    fc.assert(
      fc.property(counts(11), (distribution) => {
        const metrics = npsMetrics(distribution);
        fc.pre(metrics !== null && metrics.interval !== null);
        const { low, high } = metrics!.interval!;
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(high);
        const more = npsMetrics(distribution.map((count) => count * 10))!.interval!;
        expect(more.high - more.low).toBeLessThanOrEqual(high - low + 0.1);
      }),
    );
  });

  it("percentages of the three groups are those of the counts", () => {
    fc.assert(
      fc.property(counts(5), (distribution) => {
        const metrics = csatMetrics(distribution);
        fc.pre(metrics !== null);
        const { satisfied, neutral, dissatisfied, responses, mean } = metrics!;
        expect(satisfied.count + neutral.count + dissatisfied.count).toBe(responses);
        expect(mean).toBeGreaterThanOrEqual(1);
        expect(mean).toBeLessThanOrEqual(5);
        expect(satisfied.percent).toBe(metrics!.score);
      }),
    );
  });

  it.each([
    [bands(1, 1, 1), [33.3, 33.3, 33.3], [33, 33, 33]],
    [bands(7, 0, 1), [12.5, 0, 87.5], [13, 0, 88]],
    [bands(1, 1, 6), [75, 12.5, 12.5], [75, 13, 13]],
    [bands(1, 0, 999), [99.9, 0, 0.1], [100, 0, 0]],
  ])("each share of %j is rounded for itself, and exact to one decimal", (distribution, exact, percent) => {
    const { promoters, passives, detractors } = npsMetrics(distribution)!;
    expect([promoters, passives, detractors].map((share) => share.exact)).toEqual(exact);
    expect([promoters, passives, detractors].map((share) => share.percent)).toEqual(percent);
  });

  it("exact shares add up to 100 and their difference to the exact score, within the rounding of one decimal", () => {
    fc.assert(
      fc.property(counts(11), (distribution) => {
        const metrics = npsMetrics(distribution);
        fc.pre(metrics !== null);
        const { promoters, passives, detractors, exact } = metrics!;
        expect(Math.abs(promoters.exact + passives.exact + detractors.exact - 100)).toBeLessThan(0.151);
        expect(Math.abs(promoters.exact - detractors.exact - exact)).toBeLessThan(0.151);
      }),
    );
  });

  it("marks fewer than 30 answers as a low sample", () => {
    expect(npsMetrics(bands(0, 0, 29))?.low_sample).toBe(true);
    expect(npsMetrics(bands(0, 0, 30))?.low_sample).toBe(false);
  });
});

/** Fails unless `shown` is numerator/denominator at one decimal, a half away from zero; all in whole numbers. */
function expectRounded(shown: number, numerator: bigint, denominator: bigint): void {
  const tenths = BigInt(Math.round(shown * 10));
  expect(Number(tenths) / 10).toBe(shown);
  const distance = 10n * numerator - tenths * denominator;
  const twice = 2n * (distance < 0n ? -distance : distance);
  expect(twice <= denominator).toBe(true);
  // A half: away from zero means that the shown size is the larger one.
  if (twice === denominator) expect(distance < 0n).toBe(numerator > 0n);
}

const npsCountsOf = fc.array(fc.nat(40), { minLength: 11, maxLength: 11 });
const csatCountsOf = fc.array(fc.nat(40), { minLength: 5, maxLength: 5 });
const pointsOfNps = (d: readonly number[]) => d[9]! + d[10]! - d.slice(0, 7).reduce((sum, count) => sum + count, 0);
const pointsOfCsat = (d: readonly number[]) => d[3]! + d[4]!;
const answersIn = (d: readonly number[]) => d.reduce((sum, count) => sum + count, 0);

describe("a target", () => {
  it.each([
    { distribution: bands(11, 0, 5), target: -6.25, gap: -31.3 },
    { distribution: bands(5, 0, 11), target: 6.25, gap: 31.3 },
    { distribution: bands(1, 0, 1), target: 0.05, gap: -0.1 },
    { distribution: bands(0, 0, 1), target: 100, gap: 0 },
    { distribution: bands(0, 1, 2), target: 66.7, gap: 0 },
    { distribution: bands(0, 1, 2), target: 1e-7, gap: 66.7 },
  ])("of $target is $gap away from $distribution", ({ distribution, target, gap }) => {
    expect(scoreTarget("nps", target, distribution).gap).toBe(gap);
  });

  it("has no gap and is not cleared where nobody answered, nor cleared by a single answer", () => {
    expect(scoreTarget("nps", 10, bands(0, 0, 0))).toEqual({ target: 10, gap: null, cleared: null });
    expect(scoreTarget("csat", 10, [0, 0, 0, 0, 0])).toEqual({ target: 10, gap: null, cleared: null });
    expect(scoreTarget("nps", 10, bands(0, 0, 1))).toEqual({ target: 10, gap: 90, cleared: false });
  });

  it("is compared with the exact score, in decimals, and rounded once", () => {
    const hundredths = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(npsCountsOf, csatCountsOf, hundredths, (nps, csat, points) => {
        const goal = BigInt(points);
        for (const [{ gap }, counts, pointsOf] of [
          [scoreTarget("nps", points / 100, nps), nps, pointsOfNps],
          [scoreTarget("csat", points / 100, csat), csat, pointsOfCsat],
        ] as const) {
          const n = BigInt(answersIn(counts));
          if (n === 0n) expect(gap).toBeNull();
          else expectRounded(gap!, 10_000n * BigInt(pointsOf(counts)) - goal * n, 100n * n);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is cleared by the bound as it is, not as it is shown", () => {
    let roundedUp = 0;
    for (let detractors = 0; detractors <= 12; detractors++)
      for (let passives = 0; passives <= 12; passives++)
        for (let promoters = 0; promoters <= 12; promoters++) {
          const distribution = bands(detractors, passives, promoters);
          const bound = intervalExact("nps", distribution)?.[0];
          const target = npsMetrics(distribution)?.interval?.low;
          if (bound === undefined || target === undefined) continue;
          if (bound < target) roundedUp++;
          expect(scoreTarget("nps", target, distribution).cleared).toBe(bound >= target);
        }
    expect(roundedUp).toBeGreaterThan(500);
    for (let k = 0; k <= 40; k++) {
      const distribution = [40 - k, 0, 0, 0, k];
      const target = csatMetrics(distribution)!.interval!.low;
      expect(scoreTarget("csat", target, distribution).cleared).toBe(intervalExact("csat", distribution)![0] >= target);
    }
  });
});

describe("a contribution", () => {
  it.each([
    { part: bands(1, 0, 0), all: bands(201, 0, 199), pull: -0.2 },
    { part: bands(0, 0, 0), all: bands(1, 0, 0), pull: null },
    { part: bands(1, 398, 0), all: bands(1, 399, 0), pull: 0 },
  ])("of $part to $all is $pull", ({ part, all, pull }) => {
    expect(scoreContribution("nps", part, all)).toBe(pull);
  });

  it("of −0.25 points is −0.3, half away from zero", () => {
    expect(scoreContribution("nps", bands(0, 2, 0), bands(0, 38, 2))).toBe(-0.3);
    expect(scoreContribution("nps", bands(0, 2, 0), bands(2, 38, 0))).toBe(0.3);
  });

  it("is exact, rounded once, and all parts' contributions cancel out", () => {
    fc.assert(
      fc.property(npsCountsOf, npsCountsOf, csatCountsOf, csatCountsOf, (a, b, c, d) => {
        for (const [part, rest, name, pointsOf] of [
          [a, b, "nps", pointsOfNps],
          [c, d, "csat", pointsOfCsat],
        ] as const) {
          const all = part.map((count, score) => count + rest[score]!);
          const [own, n] = [BigInt(answersIn(part)), BigInt(answersIn(all))];
          const shown = scoreContribution(name, part, all);
          if (own === 0n) expect(shown).toBeNull();
          else expectRounded(shown!, 100n * (BigInt(pointsOf(part)) * n - own * BigInt(pointsOf(all))), n * n);
          if (own > 0n && own < n) expect(shown! + scoreContribution(name, rest, all)!).toBeCloseTo(0, 5);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
