/** The figures of topics and their effect on the scores, and suggestions for further topics. */

import { commonTerms } from "../../shared/comments/terms.ts";
import { limits } from "../../shared/limits.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoresOf } from "../../shared/questions.ts";
import type { Term, TopicFigures, Topics, TopicsQuery } from "../../shared/schema/topics.ts";
import { npsMetrics, ratio, scoreChange } from "../../shared/score.ts";
import { segmentOfTopic } from "../../shared/segments.ts";
import type { BucketSize } from "../../shared/vocabulary.ts";
import { listComments } from "../db/comments.ts";
import type { Counts } from "../db/counts.ts";
import { addCounts, subtractCounts } from "../db/counts.ts";
import type { Where } from "../db/response-filter.ts";
import type { DayCounts, DayRange } from "../db/rollups.ts";
import { listOfSegments, listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { listTopicsWithin } from "../db/topics-within.ts";
import { Problem } from "../problem.ts";
import { topicSegments } from "../responses/topic-segments.ts";
import { scored, scoresAsked, seriesOf } from "./series.ts";

/** How many of the newest comments of the range are searched for terms. */
const COMMENTS_READ = 500;

type Figures = Omit<Topics, "survey" | "surveys" | "suggestions" | "updated_at">;

/**
 * The topics of the surveys, made of counters alone: no comment is read. Several surveys together have the topics whose names
 * all of them declare.
 */
export async function readTopics(
  store: Store,
  surveys: readonly StoredSurvey[],
  range: DayRange,
  interval: TopicsQuery["interval"],
): Promise<Figures> {
  const names = declaredTopics(surveys);
  const ids = surveys.map(({ id }) => id);
  const [totals, named] = await Promise.all([
    listTotals(store, ids, range),
    listOfSegments(store, ids, range, names.map(segmentOfTopic)),
  ]);
  return topicsOf(surveys, range, interval, { totals, named });
}

/**
 * The same of the responses with one value of a segment. The topics are counted from the comments themselves, so the range
 * begins with the first day from which on all of them could be read; throws `unsupported_combination` where that is none.
 */
export async function readTopicsWithin(
  store: Store,
  survey: StoredSurvey,
  range: DayRange,
  where: Where,
  interval: TopicsQuery["interval"],
): Promise<Figures> {
  const topics = declaredTopics([survey]).map(segmentOfTopic);
  const { from, all, named } = await listTopicsWithin(store, survey.id, {
    range,
    where,
    topics,
    most: limits.topicComments,
  });
  if (from > range.to) {
    const detail = `needs the comments themselves: those of the last of these days are deleted, or not among the newest ${limits.topicComments}`;
    throw new Problem("unsupported_combination", { errors: [{ pointer: "/where", detail }] });
  }
  const read = { from, to: range.to };
  return {
    ...topicsOf([survey], read, interval, { totals: all, named }),
    ...(from > range.from && { shortened: true }),
  };
}

/** The counters of everybody asked about, and of each topic by its segment. */
type Counted = { totals: readonly DayCounts[]; named: ReadonlyMap<string, DayCounts[]> };

function topicsOf(
  surveys: readonly StoredSurvey[],
  range: DayRange,
  interval: TopicsQuery["interval"],
  { totals, named }: Counted,
): Figures {
  const asked = scoresAsked(surveys);
  const filling = surveys.find((survey) => survey.filling)?.filling;
  const total = addCounts(totals.map(({ counts }) => counts));
  const topics = declaredTopics(surveys).map((name) =>
    figuresOf(name, total, named.get(segmentOfTopic(name)) ?? [], asked, interval && { range, interval }),
  );
  return {
    ...range,
    timezone: surveys[0]!.settings.timezone,
    ...scored(total, asked),
    topics: topics.sort(byEffectOn(asked.find((name) => total[name].some((count) => count > 0)))),
    ...(filling && { filling: { done: filling.done, of: filling.of } }),
  };
}

function declaredTopics(surveys: readonly StoredSurvey[]): string[] {
  const [first, ...others] = surveys.map(({ settings }) => new Set(settings.topics.map(({ name }) => name)));
  return [...(first ?? [])].filter((name) => others.every((names) => names.has(name)));
}

/** Terms that at least three of the newest comments of the range (with `where`, of its segment) have in common and that no topic covers. */
export async function suggestTerms(
  store: Store,
  survey: StoredSurvey,
  range: DayRange,
  most: number,
  where?: Where,
): Promise<Term[]> {
  const filter = { ...range, exclude: ["excluded" as const], limit: COMMENTS_READ, ...(where && { where: [where] }) };
  const { rows } = await listComments(store, survey.id, filter);
  const isCovered = (word: string) => Object.keys(topicSegments(survey.settings, word)).length > 0;
  return commonTerms(rows, isCovered, most).map(({ stem, word, comments }) => ({
    stem,
    word,
    comments: comments.length,
    nps: npsMetrics(distributionOf(comments.map(({ nps }) => nps)))?.score ?? null,
  }));
}

function figuresOf(
  name: string,
  total: Counts,
  days: readonly DayCounts[],
  asked: readonly ScoreName[],
  cut: { range: DayRange; interval: BucketSize } | undefined,
): TopicFigures {
  const own = addCounts(days.map(({ counts }) => counts));
  const without = subtractCounts(total, own);
  return {
    name,
    ...scored(own, asked),
    percent: total.comments === 0 ? null : ratio(own.comments, total.comments, 100, 0),
    without: scored(without, asked),
    effect: Object.fromEntries(
      asked.map((each) => [each, scoreChange(each, without[each], total[each])?.difference ?? null]),
    ) as TopicFigures["effect"],
    ...(cut && { series: seriesOf(cut.range, cut.interval, days, asked) }),
  };
}

/** Sorts the topic that costs this score most points first; among equal effects, the topic that more people named. */
function byEffectOn(score: ScoreName | undefined): (a: TopicFigures, b: TopicFigures) => number {
  const effectOf = ({ effect }: TopicFigures) => (score && effect[score]) ?? 0;
  return (a, b) => effectOf(a) - effectOf(b) || b.responses - a.responses;
}

function distributionOf(scores: readonly (number | null)[]): number[] {
  const distribution = scoresOf.nps.map(() => 0);
  for (const score of scores) if (score !== null) distribution[score]!++;
  return distribution;
}
