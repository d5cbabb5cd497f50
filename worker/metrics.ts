/** Figures from counters: a range of days cut into buckets, each cut into scores by shared/score.ts. */
import { addDays, addYears, buckets } from "../shared/calendar.ts";
import { limits } from "../shared/limits.ts";
import type { Metrics, MetricsPoint, MetricsQuery } from "../shared/schema/metrics.ts";
import type { SurveySettings } from "../shared/schema/survey.ts";
import type { CsatMetrics, NpsMetrics } from "../shared/score.ts";
import { csatMetrics, npsMetrics, ratio } from "../shared/score.ts";
import type { Counts, DayCounts } from "./db/rollups.ts";
import { addCounts } from "./db/rollups.ts";
import { invalid } from "./http/problem.ts";

export type DayRange = { from: string; to: string };

/** The days asked for: by default the last 90 up to today. Throws `invalid` for a reversed or too long range. */
export function rangeOf(query: MetricsQuery, today: string): DayRange {
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  const from = query.from ?? addDays(to, -89);
  if (from > to) throw invalid("/from", "must not be later than `to`");
  if (from <= addYears(to, -limits.metricsYears))
    throw invalid("/from", `must be less than ${limits.metricsYears} years before \`to\``);
  return { from, to };
}

/** All figures of the range but the groups and the comparison. */
export function metricsOf(
  settings: SurveySettings,
  range: DayRange,
  days: readonly DayCounts[],
): Omit<Metrics, "survey" | "updated_at"> {
  const total = addCounts(days.map((day) => day.counts));
  const nps = npsMetrics(total.nps);
  const csat = csatMetrics(total.csat);
  return {
    ...range,
    timezone: settings.timezone,
    responses: total.responses,
    nps,
    csat,
    comments: total.comments,
    shown: settings.count_views ? total.shown : null,
    dismissed: settings.count_views ? total.dismissed : null,
    response_rate: responseRate(settings, total),
    targets: { nps: targetFor(settings.targets.nps, nps), csat: targetFor(settings.targets.csat, csat) },
  };
}

/** The range in buckets, empty ones with null. */
export function seriesOf(
  range: DayRange,
  interval: NonNullable<MetricsQuery["interval"]>,
  days: readonly DayCounts[],
): MetricsPoint[] {
  let next = 0;
  return buckets(range.from, range.to, interval).map(({ start, end }) => {
    const within: Counts[] = [];
    for (let day = days[next]; day && day.day <= end; day = days[++next]) within.push(day.counts);
    const counts = addCounts(within);
    return {
      start,
      end,
      responses: counts.responses,
      comments: counts.comments,
      nps: npsMetrics(counts.nps),
      csat: csatMetrics(counts.csat),
    };
  });
}

/** In-page responses per 100 shown, one decimal. */
function responseRate(settings: SurveySettings, total: Counts): number | null {
  return settings.count_views && total.shown > 0 ? ratio(total.inPage, total.shown, 100, 1) : null;
}

/** How far the score is from its goal, and whether the whole interval lies beyond it. */
function targetFor(target: number | null, metrics: NpsMetrics | CsatMetrics | null): Metrics["targets"]["nps"] {
  if (target === null) return null;
  if (!metrics) return { target, gap: null, cleared: null };
  const gap = Math.round((metrics.exact - target) * 10) / 10;
  return { target, gap: gap === 0 ? 0 : gap, cleared: (metrics.interval?.low ?? -Infinity) >= target };
}
