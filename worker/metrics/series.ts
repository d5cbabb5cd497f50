/** Figures from counters: a range of days cut into buckets, each with the scores that shared/score.ts makes. */

import type { ScoreName } from "../../shared/questions.ts";
import { scoresIn } from "../../shared/questions.ts";
import type { Metrics, MetricsPoint } from "../../shared/schema/metrics-reply.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { ratio, scoreMetrics, scoreTarget } from "../../shared/score.ts";
import { addDays, buckets } from "../../shared/time/calendar.ts";
import type { BucketSize } from "../../shared/vocabulary.ts";
import type { Counts } from "../db/counts.ts";
import { addCounts, noCounts, shift } from "../db/counts.ts";
import type { DayCounts, DayRange } from "../db/rollups.ts";
import type { StoredSurvey } from "../db/surveys.ts";

type Scored = Pick<Metrics, "responses" | ScoreName | "comments">;

/** Responses, comments and the scores `asked` of some counters. */
export function scored(counts: Counts, asked: readonly ScoreName[]): Scored {
  const scores = Object.fromEntries(asked.map((name) => [name, scoreMetrics(name, counts[name])]));
  return { responses: counts.responses, ...(scores as Pick<Scored, ScoreName>), comments: counts.comments };
}

/** The scores that the figures of these surveys together show. */
export function scoresAsked(surveys: readonly Pick<StoredSurvey, "settings">[]): ScoreName[] {
  return scoresIn(surveys.flatMap(({ settings }) => settings.questions));
}

type Total = Pick<Metrics, "responses" | ScoreName | "comments" | "shown" | "dismissed" | "response_rate" | "targets">;

/** The figures of a whole range. `views`: whether the reply has the numbers of views and dismissals. */
export function totalOf(
  counts: Counts,
  asked: readonly ScoreName[],
  views: boolean,
  targets: SurveySettings["targets"],
): Total {
  const target = (name: ScoreName) => {
    const goal = targets[name] ?? null;
    return goal === null ? null : scoreTarget(name, goal, counts[name]);
  };
  return {
    ...scored(counts, asked),
    shown: views ? counts.shown : null,
    dismissed: views ? counts.dismissed : null,
    response_rate: views && counts.shown > 0 ? ratio(counts.inPage, counts.shown, 100, 1) : null,
    targets: Object.fromEntries(asked.map((name) => [name, target(name)])) as Total["targets"],
  };
}

/** The range in buckets; the scores of an empty one are null. `days` must begin as early as `rollingFrom` says. */
export function seriesOf(
  range: DayRange,
  interval: BucketSize,
  days: readonly DayCounts[],
  asked: readonly ScoreName[],
  rolling?: number,
): MetricsPoint[] {
  const points = buckets(range.from, range.to, interval);
  const own = windows(days, points);
  if (rolling === undefined) return points.map((point, index) => ({ ...point, ...scored(own[index]!, asked) }));
  const stretches = points.map(({ end }) => ({ start: addDays(end, 1 - rolling), end }));
  const rolled = windows(days, stretches);
  return points.map((point, index) => ({
    ...point,
    ...scored(own[index]!, asked),
    rolling: { start: stretches[index]!.start, ...scored(rolled[index]!, asked) },
  }));
}

/** The first day that the rolling window of the first point needs. */
export function rollingFrom(range: DayRange, interval: BucketSize, rolling: number): string {
  const [first] = buckets(range.from, range.to, interval);
  return [addDays(first!.end, 1 - rolling), range.from].sort()[0]!;
}

/**
 * The sum of each stretch. Stretches move forward at both ends, so each day is added once and taken away once, however
 * long the stretches are and however much they overlap.
 */
function windows(days: readonly DayCounts[], stretches: readonly { start: string; end: string }[]): Counts[] {
  const sum = noCounts();
  let entering = 0;
  let leaving = 0;
  return stretches.map(({ start, end }) => {
    for (let day = days[entering]; day && day.day <= end; day = days[++entering]) shift(sum, day.counts, 1);
    for (let day = days[leaving]; day && day.day < start && leaving < entering; day = days[++leaving])
      shift(sum, day.counts, -1);
    return addCounts([sum]);
  });
}
