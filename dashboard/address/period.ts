/** Which days a view is about, read from its address and turned into the collector's query. Pure. */
import { addDays, addYears, isDay } from "../../shared/calendar.ts";

export const periods = ["7d", "30d", "90d", "12m", "custom"] as const;
export type Period = (typeof periods)[number];

export const intervals = ["day", "week", "month", "quarter", "year"] as const;
export type BucketName = (typeof intervals)[number];

/** Which of the two scores a chart is about. */
export type ScoreName = "nps" | "csat";

export type Span = { period: Period; from: string; to: string };

/** The days asked for; `today` is the survey's. Without a word in the address: the last 90. */
export function spanOf(query: URLSearchParams, today: string): Span {
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  if (isDay(from) && isDay(to) && from <= to) return { period: "custom", from, to };
  const period = periods.find((each) => each === query.get("period") && each !== "custom") ?? "90d";
  if (period === "12m") return { period, from: addDays(addYears(today, -1), 1), to: today };
  return { period, from: addDays(today, 1 - Number.parseInt(period, 10)), to: today };
}

export function lengthOf({ from, to }: Span): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** Buckets of which a screen shows neither a handful nor hundreds. */
export function bucketFor(query: URLSearchParams, span: Span): BucketName {
  const asked = intervals.find((each) => each === query.get("interval"));
  const days = lengthOf(span);
  if (asked && days / bucketDays[asked] <= 400) return asked;
  return days <= 120 ? "day" : days <= 800 ? "week" : days <= 3650 ? "month" : "quarter";
}

const bucketDays: Record<BucketName, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/** Days that each point of the trend looks back over; 0 = only its own bucket. */
export function rollingFor(query: URLSearchParams, span: Span): number {
  const asked = query.get("rolling");
  if (asked !== null && rollings.includes(Number(asked))) return Number(asked);
  return lengthOf(span) <= 120 ? 30 : 90;
}

export const rollings: readonly number[] = [0, 7, 30, 90, 365];

export const comparisons = ["previous", "year", "none"] as const;
export type Comparison = (typeof comparisons)[number];

export function comparisonOf(query: URLSearchParams): Comparison {
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
