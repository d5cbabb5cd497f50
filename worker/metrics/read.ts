/** Reads the counters that a query needs, and makes its figures of them. */
import { caseFigures } from "../../shared/cases.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { sumAnswers } from "../db/answers.ts";
import { addCounts, subtractCounts } from "../db/counts.ts";
import type { DayCounts, DayRange } from "../db/rollups.ts";
import { listByValue, listOfValue, listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { changeOf, groupsOf } from "./groups.ts";
import type { CheckedQuery } from "./query.ts";
import { comparedRange } from "./query.ts";
import { rollingFrom, scoresAsked, seriesOf, totalOf } from "./series.ts";

/** The figures of the query. They are made of counters alone: no response is read. */
export async function readMetrics(
  store: Store,
  query: CheckedQuery,
): Promise<Omit<Metrics, "survey" | "surveys" | "updated_at">> {
  const { surveys, range, interval, rolling, compare, where, group_by: groupBy } = query;
  const since = interval && rolling !== undefined ? rollingFrom(range, interval, rolling) : range.from;
  const before = compare && comparedRange(range, compare);
  const ids = surveys.map(({ id }) => id);
  const asked = scoresAsked(surveys);
  const [days, earlier, byValue, earlierByValue, answered] = await Promise.all([
    readDays(store, query, { from: since, to: range.to }),
    before && readDays(store, query, before),
    groupBy === undefined ? undefined : listByValue(store, ids, range, groupBy),
    groupBy === undefined || !before ? undefined : listByValue(store, ids, before, groupBy),
    countsCases(query) ? sumAnswers(store, ids, range) : undefined,
  ]);
  const total = sumOf(days.filter(({ day }) => day >= range.from));
  const within = <Each extends { value: string }>(all: readonly Each[]) =>
    all.filter(({ value }) => where === undefined || where.values.includes(value));
  return {
    ...range,
    timezone: surveys[0]!.settings.timezone,
    ...totalOf(total, asked, countsViews(query), targetsOf(surveys)),
    ...(interval && { series: seriesOf(range, interval, days, asked, rolling) }),
    ...(byValue && {
      groups: groupsOf(
        total,
        within(byValue),
        asked,
        earlier && earlierByValue && { total: sumOf(earlier), byValue: within(earlierByValue) },
      ),
    }),
    ...(before && earlier && { change: { ...before, ...changeOf(sumOf(earlier), total, asked) } }),
    ...backfillOf(query),
    ...(answered && casesOf(total.unhappy, answered)),
  };
}

/** The days of the responses asked for: all of them, those of one value, or all but the excluded. */
async function readDays(store: Store, query: CheckedQuery, range: DayRange): Promise<DayCounts[]> {
  const ids = query.surveys.map(({ id }) => id);
  if (query.where !== undefined) {
    const { segment, values } = query.where;
    const days = await Promise.all(values.map((value) => listOfValue(store, ids, range, segment, value)));
    return days.flat().sort((a, b) => (a.day < b.day ? -1 : 1));
  }
  if (query.exclude === undefined) return listTotals(store, ids, range);
  const [all, excluded] = await Promise.all([
    listTotals(store, ids, range),
    listOfValue(store, ids, range, query.exclude, "true"),
  ]);
  const less = new Map(excluded.map(({ day, counts }) => [day, counts]));
  return all.map(({ day, counts }) => ({ day, counts: subtractCounts(counts, less.get(day) ?? addCounts([])) }));
}

function sumOf(days: readonly DayCounts[]) {
  return addCounts(days.map(({ counts }) => counts));
}

/** Whether the reply has numbers of views. Views are not counted by segment, so only totals have them. */
function countsViews({ surveys, where, group_by: groupBy }: CheckedQuery): boolean {
  return where === undefined && groupBy === undefined && surveys.every(({ settings }) => settings.count_views);
}

/** Whether the reply says what became of the unhappy: that is counted for all responses together. */
function countsCases({ where, exclude }: CheckedQuery): boolean {
  return where === undefined && exclude === undefined;
}

function casesOf(unhappy: number, answered: readonly number[]): Pick<Metrics, "cases"> {
  const cases = caseFigures(unhappy, answered);
  return cases ? { cases } : {};
}

/** The target of each score; several surveys together have a target only where all have the same. */
function targetsOf(surveys: readonly StoredSurvey[]): SurveySettings["targets"] {
  const same = (name: ScoreName) => {
    const [first = null, ...others] = surveys.map(({ settings }) => settings.targets[name] ?? null);
    return others.every((other) => other === first) ? first : null;
  };
  return Object.fromEntries(scoreNames.map((name) => [name, same(name)])) as SurveySettings["targets"];
}

/** How far the backfill of the segment asked for is; nothing if none is going on. */
function backfillOf(query: CheckedQuery): Pick<Metrics, "filling"> {
  const segment = query.group_by ?? query.where?.segment;
  const [open] = query.surveys.flatMap(({ filling }) =>
    filling && segment !== undefined && filling.segments.includes(segment) ? [filling] : [],
  );
  return open ? { filling: { done: open.done, of: open.of } } : {};
}
