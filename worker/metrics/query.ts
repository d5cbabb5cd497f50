/** Checks a metrics query against the settings of its surveys, and fills in the defaults. */

import { limits } from "../../shared/limits.ts";
import type { MetricsQuery } from "../../shared/schema/metrics-query.ts";
import { addDays, addYears, daysBetween } from "../../shared/time/calendar.ts";
import type { Where } from "../db/response-filter.ts";
import type { DayRange } from "../db/rollups.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { invalid, Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { declaredSegments, listed, whereOf } from "../surveys/where.ts";

/** A query with its surveys, checked and with its defaults. */
export type CheckedQuery = Omit<MetricsQuery, "where"> & {
  surveys: readonly StoredSurvey[];
  range: DayRange;
  where: Where | undefined;
};

/** Throws `invalid` and `unsupported_combination` for what the surveys cannot answer. */
export function checkQuery(surveys: readonly StoredSurvey[], query: MetricsQuery, now: number): CheckedQuery {
  const declared = declaredSegments(surveys.map(({ settings }) => settings));
  const where = query.where === undefined ? undefined : whereOf(query.where, declared);
  checkCombination(query, where, declared);
  return { ...query, where, surveys, range: rangeOf(surveys, query, now) };
}

/**
 * The days asked for: by default the last 90, up to the latest day on which a write to one of the surveys is booked now.
 * Throws `invalid` for a reversed or too long range.
 */
export function rangeOf(
  surveys: readonly StoredSurvey[],
  query: Pick<MetricsQuery, "from" | "to">,
  now: number,
): DayRange {
  const [latest = ""] = surveys
    .map((survey) => today(survey, now))
    .sort()
    .reverse();
  const to = query.to ?? (query.from !== undefined && query.from > latest ? query.from : latest);
  const from = query.from ?? addDays(to, -89);
  if (from > to) throw invalid("/from", "must not be later than `to`");
  if (from <= addYears(to, -limits.metricsYears))
    throw invalid("/from", `must be less than ${limits.metricsYears} years before \`to\``);
  return { from, to };
}

/** `previous`: as many days just before. `year`: the same days a year earlier. */
export function comparedRange({ from, to }: DayRange, compare: NonNullable<MetricsQuery["compare"]>): DayRange {
  if (compare === "year") return { from: addYears(from, -1), to: addYears(to, -1) };
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) };
}

/** Throws `invalid` for a segment that is not declared and `unsupported_combination` for what no counter answers. */
function checkCombination(query: MetricsQuery, where: Where | undefined, declared: readonly string[]): void {
  const { group_by: groupBy, exclude, rolling, interval } = query;
  if (groupBy !== undefined && !declared.includes(groupBy))
    throw invalid("/group_by", `must be one of ${listed(declared)}`);
  if (where !== undefined && groupBy !== undefined && where.segment !== groupBy)
    throw unsupported(
      "/group_by",
      `must be the segment of \`where\`, or declare ${where.segment}×${groupBy} as a segment`,
    );
  if (exclude !== undefined && (where !== undefined || groupBy !== undefined))
    throw unsupported("/exclude", "is possible on totals only, not with `where` or `group_by`");
  if (rolling !== undefined && interval === undefined) throw unsupported("/rolling", "needs an `interval`");
}

function unsupported(pointer: string, detail: string): Problem {
  return new Problem("unsupported_combination", { errors: [{ pointer, detail }] });
}
