/** Which days a view is about, read from its address and turned into the collector's query. Pure. */
import { addDays, addYears, DAY_MS, isDay } from "../../shared/time/calendar.ts";
import type { BucketSize } from "../../shared/vocabulary.ts";
import { comparisons as comparisonRanges, intervals } from "../../shared/vocabulary.ts";

export const periods = ["7d", "30d", "90d", "12m", "custom"] as const;
export type Period = (typeof periods)[number];

export type Span = { period: Period; from: string; to: string };

/** The days that an address asks for; the last 90 where it names none. `today`: the day in the time zone of the survey. */
export function spanOf(query: URLSearchParams, today: string): Span {
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  if (isDay(from) && isDay(to) && from <= to) return { period: "custom", from, to };
  const period = periods.find((each) => each === query.get("period") && each !== "custom") ?? "90d";
  if (period === "12m") return { period, from: addDays(addYears(today, -1), 1), to: today };
  return { period, from: addDays(today, 1 - Number.parseInt(period, 10)), to: today };
}

/** The days as an address of another view names them: that view shows the same ones, whatever it shows unasked. */
export function daysInAddress({ period, from, to }: Span): Record<string, string> {
  return period === "custom" ? { from, to } : { period };
}

export function lengthOf({ from, to }: Span): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** The size of the buckets that the days are cut into, such that a screen shows between a dozen and a few hundred of them. */
export function bucketFor(query: URLSearchParams, span: Span): BucketSize {
  const asked = intervals.find((each) => each === query.get("interval"));
  const days = lengthOf(span);
  if (asked && days / bucketDays[asked] <= 400) return asked;
  return days <= 120 ? "day" : days <= 800 ? "week" : days <= 3650 ? "month" : "quarter";
}

const bucketDays: Record<BucketSize, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/** Days that each point of the trend looks back over; 0 = only its own bucket. */
export function rollingFor(query: URLSearchParams, span: Span): number {
  const asked = query.get("rolling");
  if (asked !== null && rollings.includes(Number(asked))) return Number(asked);
  return lengthOf(span) <= 120 ? 30 : 90;
}

export const rollings: readonly number[] = [0, 7, 30, 90, 365];

/** With what the reader can compare, or that they compare with nothing. */
export const comparisons = [...comparisonRanges, "none"] as const;
export type ComparisonChoice = (typeof comparisons)[number];

export function comparisonOf(query: URLSearchParams): ComparisonChoice {
  return comparisons.find((each) => each === query.get("compare")) ?? "previous";
}

/** The query of `metrics` for a view. */
export function metricsQuery(query: URLSearchParams, span: Span): URLSearchParams {
  const wanted = new URLSearchParams({ from: span.from, to: span.to, interval: bucketFor(query, span) });
  const rolling = rollingFor(query, span);
  if (rolling > 0) wanted.set("rolling", String(rolling));
  const comparison = comparisonOf(query);
  if (comparison !== "none") wanted.set("compare", comparison);
  const where = query.get("where");
  if (where) wanted.set("where", where);
  return wanted;
}
