/**
 * The one place where scores are cut. Everything that shows a score (API, linked page, export, dashboard) asks here.
 * All figures are made from counts; nothing is rounded before the last step.
 */

/** Standard normal quantile for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Counts of each NPS score 0–10, index = score. */
export type NpsDistribution = readonly number[];
/** Counts of each CSAT score 1–5, index = score − 1. */
export type CsatDistribution = readonly number[];

export type NpsGroup = "promoter" | "passive" | "detractor";
export type CsatGroup = "satisfied" | "neutral" | "dissatisfied";

/** `percent` of n: an integer, and `exact` to one decimal; each is rounded for itself, so integers may add up to 99 or 101. */
export type Share = { count: number; percent: number; exact: number };
/** Bounds at 95 %, on the scale of the score, one decimal. */
export type Interval = { level: 0.95; low: number; high: number };

export type NpsMetrics = {
  /** −100 … 100, rounded half away from zero. */
  score: number;
  /** The same to one decimal. */
  exact: number;
  responses: number;
  promoters: Share;
  passives: Share;
  detractors: Share;
  distribution: number[];
  interval: Interval | null;
  low_sample: boolean;
};

export type CsatMetrics = {
  /** Percent who gave 4 or 5: 0 … 100. */
  score: number;
  exact: number;
  /** Mean of 1 … 5, two decimals: the field's other convention. */
  mean: number;
  responses: number;
  satisfied: Share;
  neutral: Share;
  dissatisfied: Share;
  distribution: number[];
  interval: Interval | null;
  low_sample: boolean;
};

/** A score beside its goal. `gap`: the score less the target, one decimal. `cleared`: even the low bound reaches it. */
export type TargetMetrics = { target: number; gap: number | null; cleared: boolean | null };

/** A later period less an earlier one, in points of the exact scores, with 95 % bounds. */
export type NpsChange = { difference: number; low: number | null; high: number | null; p: number | null };
export type CsatChange = { difference: number; low: number | null; high: number | null };

/** Reichheld's bands: 0–6, 7–8, 9–10. ("0 to 7" in one of the field's booklets is a misprint.) */
export function npsGroup(score: number): NpsGroup {
  return score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
}

export function csatGroup(score: number): CsatGroup {
  return score >= 4 ? "satisfied" : score === 3 ? "neutral" : "dissatisfied";
}

/** Below this many answers a score is marked `low_sample`. */
const LOW_SAMPLE = 30;

/** `null` when nobody answered: no score is not a score of 0. */
export function npsMetrics(distribution: NpsDistribution): NpsMetrics | null {
  const { d, n, p } = npsCounts(distribution);
  if (n === 0) return null;
  return {
    score: ratio(p - d, n, 100, 0),
    exact: ratio(p - d, n, 100, 1),
    responses: n,
    promoters: share(p, n),
    passives: share(n - p - d, n),
    detractors: share(d, n),
    distribution: [...distribution],
    interval: npsInterval(distribution),
    low_sample: n < LOW_SAMPLE,
  };
}

/** `null` when nobody answered. */
export function csatMetrics(distribution: CsatDistribution): CsatMetrics | null {
  const n = sum(distribution);
  if (n === 0) return null;
  const satisfied = at(distribution, 3) + at(distribution, 4);
  const points = distribution.reduce((total, count, index) => total + count * (index + 1), 0);
  return {
    score: ratio(satisfied, n, 100, 0),
    exact: ratio(satisfied, n, 100, 1),
    mean: ratio(points, n, 1, 2),
    responses: n,
    satisfied: share(satisfied, n),
    neutral: share(at(distribution, 2), n),
    dissatisfied: share(at(distribution, 0) + at(distribution, 1), n),
    distribution: [...distribution],
    interval: csatInterval(distribution),
    low_sample: n < LOW_SAMPLE,
  };
}

/** NPS against a goal of −100 … 100, which may have decimals. `gap` and `cleared` are `null` when nobody answered. */
export function npsTarget(target: number, distribution: NpsDistribution): TargetMetrics {
  const { d, n, p } = npsCounts(distribution);
  return targetMetrics(target, p - d, n, npsIntervalExact(distribution));
}

/** The same for the share satisfied, against a goal of 0 … 100. */
export function csatTarget(target: number, distribution: CsatDistribution): TargetMetrics {
  const [satisfied, n] = satisfiedOf(distribution);
  return targetMetrics(target, satisfied, n, csatIntervalExact(distribution));
}

/** `gap` is rounded once, from the counts; `cleared` compares the bound as it is, not as it is shown. */
function targetMetrics(target: number, points: number, n: number, interval: [number, number] | null): TargetMetrics {
  if (n === 0) return { target, gap: null, cleared: null };
  const goal = fractionOf(target);
  const gap = 100n * BigInt(points) * goal.denominator - goal.numerator * BigInt(n);
  return {
    target,
    gap: rounded(gap, BigInt(n) * goal.denominator, 1),
    cleared: interval !== null && interval[0] >= target,
  };
}

/**
 * The points by which NPS would be lower had `part` of the answers been as all answers are: the distance of its score from
 * the score of all, weighed by its share; one decimal. `null` when either is empty.
 */
export function npsContribution(part: NpsDistribution, all: NpsDistribution): number | null {
  const own = npsCounts(part);
  const total = npsCounts(all);
  return contribution(own.p - own.d, own.n, total.p - total.d, total.n);
}

/** The same for the share satisfied. */
export function csatContribution(part: CsatDistribution, all: CsatDistribution): number | null {
  return contribution(...satisfiedOf(part), ...satisfiedOf(all));
}

function contribution(ownPoints: number, own: number, allPoints: number, all: number): number | null {
  if (own === 0 || all === 0) return null;
  const weighed = BigInt(ownPoints) * BigInt(all) - BigInt(own) * BigInt(allPoints);
  return rounded(100n * weighed, BigInt(all) * BigInt(all), 1);
}

/** NPS of the later counts less NPS of the earlier, by the adjusted Wald interval; `null` if either is empty. */
export function npsChange(before: NpsDistribution, after: NpsDistribution): NpsChange | null {
  const a = npsCounts(before);
  const b = npsCounts(after);
  if (a.n === 0 || b.n === 0) return null;
  const difference = ratio((b.p - b.d) * a.n - (a.p - a.d) * b.n, a.n * b.n, 100, 1);
  if (a.n < 2 || b.n < 2) return { difference, low: null, high: null, p: null };
  const { low, high, p } = npsChangeExact(before, after);
  return { difference, low: decimals(low, 1), high: decimals(high, 1), p: decimals(p, 3) };
}

/** The unrounded interval, test statistic and two-sided p behind `npsChange`; needs two answers on each side. */
export function npsChangeExact(before: NpsDistribution, after: NpsDistribution) {
  const a = adjusted(before);
  const b = adjusted(after);
  const deviation = Math.sqrt(a.variance / a.n + b.variance / b.n);
  const z = (b.mean - a.mean) / deviation;
  return {
    z,
    p: twoSidedP(z),
    low: clip(b.mean - a.mean - Z * deviation, -2, 2) * 100,
    high: clip(b.mean - a.mean + Z * deviation, -2, 2) * 100,
  };
}

/** Share satisfied of the later counts less the earlier, with Newcombe's interval (1998, method 10). */
export function csatChange(before: CsatDistribution, after: CsatDistribution): CsatChange | null {
  const [k1, n1] = satisfiedOf(before);
  const [k2, n2] = satisfiedOf(after);
  if (n1 === 0 || n2 === 0) return null;
  const difference = ratio(k2 * n1 - k1 * n2, n1 * n2, 100, 1);
  if (n1 < 2 || n2 < 2) return { difference, low: null, high: null };
  const { low, high } = csatChangeExact(k1, n1, k2, n2);
  return { difference, low: decimals(low, 1), high: decimals(high, 1) };
}

/** Newcombe's bounds in percent points, unrounded, for k1 of n1 before and k2 of n2 after. */
export function csatChangeExact(k1: number, n1: number, k2: number, n2: number) {
  const [l1, u1] = wilson(k1, n1);
  const [l2, u2] = wilson(k2, n2);
  const p1 = k1 / n1;
  const p2 = k2 / n2;
  return {
    low: 100 * (p2 - p1 - Math.hypot(p2 - l2, u1 - p1)),
    high: 100 * (p2 - p1 + Math.hypot(u2 - p2, p1 - l1)),
  };
}

/** NPS at 95 %: adjusted Wald, 3 made-up answers as ¾, 1½, ¾ (Rocks 2016); unrounded, `null` when n < 2. */
export function npsIntervalExact(distribution: NpsDistribution): [low: number, high: number] | null {
  if (sum(distribution) < 2) return null;
  const { mean, variance, n } = adjusted(distribution);
  const reach = Z * Math.sqrt(variance / n);
  return [100 * clip(mean - reach, -1, 1), 100 * clip(mean + reach, -1, 1)];
}

/** Share satisfied at 95 %: Wilson's score interval; unrounded, `null` when n < 2. */
export function csatIntervalExact(distribution: CsatDistribution): [low: number, high: number] | null {
  const [k, n] = satisfiedOf(distribution);
  if (n < 2) return null;
  const [low, high] = wilson(k, n);
  return [100 * low, 100 * high];
}

function npsInterval(distribution: NpsDistribution): Interval | null {
  return interval(npsIntervalExact(distribution));
}

function csatInterval(distribution: CsatDistribution): Interval | null {
  return interval(csatIntervalExact(distribution));
}

function interval(bounds: [number, number] | null): Interval | null {
  return bounds && { level: 0.95, low: decimals(bounds[0], 1), high: decimals(bounds[1], 1) };
}

function npsCounts(distribution: NpsDistribution) {
  const d = sum(distribution.slice(0, 7));
  const p = at(distribution, 9) + at(distribution, 10);
  return { d, p, n: sum(distribution) };
}

function adjusted(distribution: NpsDistribution) {
  const counts = npsCounts(distribution);
  const n = counts.n + 3;
  const promoters = (counts.p + 0.75) / n;
  const detractors = (counts.d + 0.75) / n;
  const mean = promoters - detractors;
  return { n, mean, variance: promoters + detractors - mean * mean };
}

function satisfiedOf(distribution: CsatDistribution): [satisfied: number, n: number] {
  return [at(distribution, 3) + at(distribution, 4), sum(distribution)];
}

function wilson(k: number, n: number): [low: number, high: number] {
  const z2 = Z * Z;
  const centre = (k + z2 / 2) / (n + z2);
  const reach = (Z / (n + z2)) * Math.sqrt((k * (n - k)) / n + z2 / 4);
  return [k === 0 ? 0 : centre - reach, k === n ? 1 : centre + reach];
}

/** 2·(1 − Φ(|z|)), by the continued fraction and the series of erfc; good to 1e-12. */
function twoSidedP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x > 2.5) {
    let fraction = x;
    for (let k = 60; k >= 1; k--) fraction = x + k / 2 / fraction;
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
  let term = x;
  let series = x;
  for (let k = 1; k < 100; k++) {
    term *= (-x * x) / k;
    series += term / (2 * k + 1);
  }
  return 1 - (2 / Math.sqrt(Math.PI)) * series;
}

function share(count: number, n: number): Share {
  return { count, percent: ratio(count, n, 100, 0), exact: ratio(count, n, 100, 1) };
}

/** scale·numerator/denominator, rounded once to `places` decimals, half away from zero. `denominator` is above 0. */
export function ratio(numerator: number, denominator: number, scale: number, places: number): number {
  return rounded(BigInt(numerator) * BigInt(scale), BigInt(denominator), places);
}

/**
 * The fraction rounded half away from zero, to `places` decimals. The division is done in integers, so 12.5 is a half and
 * not 12.499999999999996; the sign is put back last, so that 0 is never −0.
 */
function rounded(numerator: bigint, denominator: bigint, places: number): number {
  const unit = 10 ** places;
  const size = numerator < 0n ? -numerator : numerator;
  const units = (2n * BigInt(unit) * size + denominator) / (2n * denominator);
  return signed(numerator < 0n, Number(units) / unit);
}

/** The number as it is written in decimals: 33.3 is 333/10, though no binary fraction is. */
function fractionOf(value: number): { numerator: bigint; denominator: bigint } {
  const [digits = "", exponent = "0"] = String(value).split("e");
  const [whole = "", decimalPlaces = ""] = digits.split(".");
  const power = decimalPlaces.length - Number(exponent);
  const numerator = BigInt(whole + decimalPlaces);
  return power > 0
    ? { numerator, denominator: 10n ** BigInt(power) }
    : { numerator: numerator * 10n ** BigInt(-power), denominator: 1n };
}

/** Rounds what is no ratio of counts (interval bounds, p), half away from zero, never −0. */
function decimals(value: number, places: number): number {
  const unit = 10 ** places;
  return signed(value < 0, Math.round(Math.abs(value) * unit) / unit);
}

function signed(isNegative: boolean, magnitude: number): number {
  return isNegative && magnitude !== 0 ? -magnitude : magnitude;
}

function clip(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function at(counts: readonly number[], index: number): number {
  return counts[index] ?? 0;
}
