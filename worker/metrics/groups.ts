/** Breaks a total down by the values of one segment. The groups add up to the total. */
import { limits } from "../../shared/limits.ts";
import type { ScoreName } from "../../shared/questions.ts";
import type { Change, MetricsGroup } from "../../shared/schema/metrics-reply.ts";
import { scoreChange } from "../../shared/score.ts";
import { REST } from "../../shared/segments.ts";
import type { Counts } from "../db/counts.ts";
import { addCounts, subtractCounts } from "../db/counts.ts";
import { scored } from "./series.ts";

export type ValueCounts = { value: string; counts: Counts };
type Group = { name: { value: string | null } | { rest: true }; counts: Counts };

/**
 * The largest groups, one group of all other values, and one of the responses without a value; groups without responses are
 * left out.
 */
export function groupsOf(
  total: Counts,
  byValue: readonly ValueCounts[],
  asked: readonly ScoreName[],
  before?: Before,
): MetricsGroup[] {
  const named = byValue.filter(({ value, counts }) => value !== REST && counts.responses > 0).sort(larger);
  const shown = named.slice(0, limits.groups);
  const groups = cut(total, byValue, new Set(shown.map(({ value }) => value)));
  const earlier = before && cut(before.total, before.byValue, new Set(shown.map(({ value }) => value)));
  return groups
    .filter(({ counts }) => counts.responses > 0)
    .map(({ name, counts }) => {
      const same = earlier?.find((group) => JSON.stringify(group.name) === JSON.stringify(name));
      return { ...name, ...scored(counts, asked), ...(same && { change: changeOf(same.counts, counts, asked) }) };
    });
}

export type Before = { total: Counts; byValue: readonly ValueCounts[] };

/** The change of each score `asked`. */
export function changeOf(before: Counts, after: Counts, asked: readonly ScoreName[]): Change {
  return Object.fromEntries(asked.map((name) => [name, scoreChange(name, before[name], after[name])])) as Change;
}

/** The total cut into a group for each `shown` value, one for all other values, and one for responses without a value. */
function cut(total: Counts, byValue: readonly ValueCounts[], shown: ReadonlySet<string>): Group[] {
  const known = new Map(byValue.map(({ value, counts }) => [value, counts]));
  const others = byValue.filter(({ value }) => !shown.has(value)).map(({ counts }) => counts);
  return [
    ...[...shown].map((value) => ({ name: { value }, counts: known.get(value) ?? addCounts([]) })),
    { name: { rest: true }, counts: addCounts(others) },
    { name: { value: null }, counts: subtractCounts(total, addCounts(byValue.map(({ counts }) => counts))) },
  ];
}

function larger(a: ValueCounts, b: ValueCounts): number {
  return b.counts.responses - a.counts.responses || (a.value < b.value ? -1 : 1);
}
