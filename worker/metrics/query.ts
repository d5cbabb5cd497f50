/** What a metrics query asks for, once defaults and the surveys' own settings are known; and what cannot be asked. */
import { addDays, addYears, daysBetween } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import type { MetricsQuery } from "../../shared/schema/metrics-query.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { DayRange } from "../db/rollups.ts";
import { invalid, Problem } from "../problem.ts";

/** Segments that every survey has: they cost a row only on responses that they are true of. */
const ALWAYS = ["flagged", "unverified"];

/** The days asked for: by default the last 90 up to today. Throws `invalid` for a reversed or too long range. */
export function rangeOf(query: Pick<MetricsQuery, "from" | "to">, today: string): DayRange {
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
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

/** The segment and value of `where=plan:pro`; both may hold colons, so the declared names decide where one ends. */
export function whereOf(where: string, declared: readonly string[]): { segment: string; value: string } {
  const [segment] = declared.filter((name) => where.startsWith(`${name}:`)).sort((a, b) => b.length - a.length);
  if (segment === undefined) throw invalid("/where", `must be segment:value, of ${listed(declared)}`);
  return { segment, value: where.slice(segment.length + 1) };
}

/** The segments that each of the surveys breaks its scores down by. */
export function declaredSegments(all: readonly SurveySettings[]): string[] {
  const [first, ...others] = all.map((settings) => settings.segments);
  return [...(first ?? []).filter((name) => others.every((segments) => segments.includes(name))), ...ALWAYS];
}

/** Throws `invalid` for a segment that is not declared and `unsupported_combination` for what no counter answers. */
export function checkCombination(query: MetricsQuery, declared: readonly string[]): void {
  const { where, group_by: groupBy, exclude, rolling, interval } = query;
  if (groupBy !== undefined && !declared.includes(groupBy))
    throw invalid("/group_by", `must be one of ${listed(declared)}`);
  const segment = where === undefined ? undefined : whereOf(where, declared).segment;
  if (segment !== undefined && groupBy !== undefined && segment !== groupBy)
    throw unsupported("/group_by", `must be the segment of \`where\`, or declare ${segment}×${groupBy} as a segment`);
  if (exclude !== undefined && (where !== undefined || groupBy !== undefined))
    throw unsupported("/exclude", "is possible on totals only, not with `where` or `group_by`");
  if (rolling !== undefined && interval === undefined) throw unsupported("/rolling", "needs an `interval`");
}

function unsupported(pointer: string, detail: string): Problem {
  return new Problem("unsupported_combination", { errors: [{ pointer, detail }] });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
