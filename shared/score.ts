/**
 * The arithmetic of all scores, by the scales and bands that questions.ts declares. The API, the linked page, the export and the
 * dashboard take their scores from this file. Figures are made from counts, and only the last step rounds.
 */
import type { GroupOf, ScoredQuestion, ScoreName, ShareOf } from "./questions.ts";
import { groupOfScore, scoredQuestions } from "./questions.ts";

/** Standard normal quantile for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Counts of each score of a question's scale, from the lowest. */
export type Distribution = readonly number[];

export type NpsGroup = GroupOf<"nps">;
export type CsatGroup = GroupOf<"csat">;

/** `percent` of n: an integer, and `exact` to one decimal; each is rounded for itself, so integers may add up to 99 or 101. */
export type Share = { count: number; percent: number; exact: number };
/** Bounds at 95 %, on the scale of the score, one decimal. */
export type Interval = { level: 0.95; low: number; high: number };

/** The figures of one question: the score, how sure it is, and the share of each band under the band's own name. */
export type ScoreMetrics<Name extends ScoreName> = {
  /** Within `scoreBounds`, rounded half away from zero. */
  score: number;
  /** The same to one decimal. */
  exact: number;
  responses: number;
  distribution: number[];
  interval: Interval | null;
  low_sample: boolean;
} & { [Band in ShareOf<Name>]: Share } & MeanOf<Name>;
/** The mean of all scores given, two decimals: the other convention of the field, where the question has it. */
type MeanOf<Name extends ScoreName> = (typeof scoredQuestions)[Name]["mean"] extends true ? { mean: number } : unknown;

/** The figures of any one of the questions. */
export type AnyScoreMetrics = { [Name in ScoreName]: ScoreMetrics<Name> }[ScoreName];
export type NpsMetrics = ScoreMetrics<"nps">;
export type CsatMetrics = ScoreMetrics<"csat">;

/** A score beside its goal. `gap`: the score less the target, one decimal. `cleared`: even the low bound reaches it. */
export type TargetMetrics = { target: number; gap: number | null; cleared: boolean | null };

/** A later period less an earlier one, in points of the exact scores, with 95 % bounds; p where the score is a net one. */
export type ScoreChange<Name extends ScoreName> = {
  difference: number;
  low: number | null;
  high: number | null;
} & ((typeof scoredQuestions)[Name]["scoring"] extends "net" ? { p: number | null } : unknown);
export type NpsChange = ScoreChange<"nps">;
export type CsatChange = ScoreChange<"csat">;

export function npsGroup(score: number): NpsGroup {
  return groupOfScore("nps", score);
}

export function csatGroup(score: number): CsatGroup {
  return groupOfScore("csat", score);
}

/** Below this many answers a score is marked `low_sample`. */
export const LOW_SAMPLE = 30;

/** `null` when nobody answered: no score is not a score of 0. */
export function scoreMetrics<Name extends ScoreName>(
  name: Name,
  distribution: Distribution,
): ScoreMetrics<Name> | null {
  const question: ScoredQuestion = scoredQuestions[name];
  const { bands, points, n } = bandCounts(name, distribution);
  if (n === 0) return null;
  const total = sum(distribution.map((count, index) => count * (question.scale[0] + index)));
  const metrics = {
    score: ratio(points, n, 100, 0),
    exact: ratio(points, n, 100, 1),
    ...(question.mean && { mean: ratio(total, n, 1, 2) }),
    responses: n,
    ...Object.fromEntries(question.bands.map((band, index) => [band.share, shareOf(bands[index]!, n)])),
    distribution: [...distribution],
    interval: interval(intervalExact(name, distribution)),
    low_sample: n < LOW_SAMPLE,
  };
  return metrics as typeof metrics & ScoreMetrics<Name>;
}

export function npsMetrics(distribution: Distribution): NpsMetrics | null {
  return scoreMetrics("nps", distribution);
}

export function csatMetrics(distribution: Distribution): CsatMetrics | null {
  return scoreMetrics("csat", distribution);
}

/** A score against a goal within its bounds, which may have decimals. `gap` and `cleared` are `null` when nobody answered. */
export function scoreTarget(name: ScoreName, target: number, distribution: Distribution): TargetMetrics {
  const { points, n } = bandCounts(name, distribution);
  if (n === 0) return { target, gap: null, cleared: null };
  const goal = fractionOf(target);
  // Rounded once, from the counts; the bound is compared as it is, not as it is shown.
  const gap = 100n * BigInt(points) * goal.denominator - goal.numerator * BigInt(n);
  const bounds = intervalExact(name, distribution);
  return {
    target,
    gap: rounded(gap, BigInt(n) * goal.denominator, 1),
    cleared: bounds !== null && bounds[0] >= target,
  };
}

/**
 * The points by which the score would be lower had `part` of the answers been as all answers are: the distance of its score
 * from the score of all, weighed by its share; one decimal. `null` when either is empty.
 */
export function scoreContribution(name: ScoreName, part: Distribution, all: Distribution): number | null {
  const own = bandCounts(name, part);
  const total = bandCounts(name, all);
  if (own.n === 0 || total.n === 0) return null;
  const weighed = BigInt(own.points) * BigInt(total.n) - BigInt(own.n) * BigInt(total.points);
  return rounded(100n * weighed, BigInt(total.n) * BigInt(total.n), 1);
}

/**
 * The score of the later counts less that of the earlier; `null` if either is empty. Bounds: for a net score by the
 * adjusted Wald interval, for a share by Newcombe's (1998, method 10).
 */
export function scoreChange<Name extends ScoreName>(
  name: Name,
  before: Distribution,
  after: Distribution,
): ScoreChange<Name> | null {
  const a = bandCounts(name, before);
  const b = bandCounts(name, after);
  if (a.n === 0 || b.n === 0) return null;
  const difference = ratio(b.points * a.n - a.points * b.n, a.n * b.n, 100, 1);
  const change = { difference, ...changeBounds(name, a, b) };
  return change as typeof change & ScoreChange<Name>;
}

function changeBounds(name: ScoreName, a: BandCounts, b: BandCounts) {
  const net = scoredQuestions[name].scoring === "net";
  if (a.n < 2 || b.n < 2) return { low: null, high: null, ...(net && { p: null }) };
  if (!net) return shown(shareChangeExact(a.best, a.n, b.best, b.n));
  const { p, ...bounds } = netChange(a, b);
  return { ...shown(bounds), p: decimals(p, 3) };
}

function shown({ low, high }: { low: number; high: number }) {
  return { low: decimals(low, 1), high: decimals(high, 1) };
}

export function npsChange(before: Distribution, after: Distribution): NpsChange | null {
  return scoreChange("nps", before, after);
}

export function csatChange(before: Distribution, after: Distribution): CsatChange | null {
  return scoreChange("csat", before, after);
}

/** The unrounded interval, test statistic and two-sided p behind `npsChange`; needs two answers on each side. */
export function npsChangeExact(before: Distribution, after: Distribution) {
  return netChange(bandCounts("nps", before), bandCounts("nps", after));
}

function netChange(before: BandCounts, after: BandCounts) {
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

/** Newcombe's bounds in percent points, unrounded, for k1 of n1 before and k2 of n2 after. */
export function shareChangeExact(k1: number, n1: number, k2: number, n2: number) {
  const [l1, u1] = wilson(k1, n1);
  const [l2, u2] = wilson(k2, n2);
  const p1 = k1 / n1;
  const p2 = k2 / n2;
  return {
    low: 100 * (p2 - p1 - Math.hypot(p2 - l2, u1 - p1)),
    high: 100 * (p2 - p1 + Math.hypot(u2 - p2, p1 - l1)),
  };
}

/**
 * The score at 95 %, unrounded, `null` when n < 2. A net score: adjusted Wald, 3 made-up answers as ¾, 1½, ¾ (Rocks 2016).
 * A share: Wilson's score interval.
 */
export function intervalExact(name: ScoreName, distribution: Distribution): [low: number, high: number] | null {
  const counts = bandCounts(name, distribution);
  if (counts.n < 2) return null;
  if (scoredQuestions[name].scoring === "share") {
    const [low, high] = wilson(counts.best, counts.n);
    return [100 * low, 100 * high];
  }
  const { mean, variance, n } = adjusted(counts);
  const reach = Z * Math.sqrt(variance / n);
  return [100 * clip(mean - reach, -1, 1), 100 * clip(mean + reach, -1, 1)];
}

function interval(bounds: [number, number] | null): Interval | null {
  return bounds && { level: 0.95, low: decimals(bounds[0], 1), high: decimals(bounds[1], 1) };
}

/**
 * How many answers are in each band, from the highest, in the first (`best`), in the last (`worst`), and in all. `points`
 * of `n` is the score.
 */
type BandCounts = { bands: number[]; best: number; worst: number; points: number; n: number };

function bandCounts(name: ScoreName, distribution: Distribution): BandCounts {
  const { scale, bands, scoring }: ScoredQuestion = scoredQuestions[name];
  const counts = bands.map(({ scores: [low, high] }) => sum(distribution.slice(low - scale[0], high - scale[0] + 1)));
  const best = counts[0] ?? 0;
  const worst = counts.at(-1) ?? 0;
  return { bands: counts, best, worst, points: scoring === "net" ? best - worst : best, n: sum(distribution) };
}

function adjusted({ best, worst, n: answers }: BandCounts) {
  const n = answers + 3;
  const promoters = (best + 0.75) / n;
  const detractors = (worst + 0.75) / n;
  const mean = promoters - detractors;
  return { n, mean, variance: promoters + detractors - mean * mean };
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

/** `count` of `n` as a share; `n` is above 0. */
export function shareOf(count: number, n: number): Share {
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
