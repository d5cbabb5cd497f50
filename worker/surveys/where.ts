/** Conditions on segments, read by what the surveys declare. */
import type { Filter } from "../../shared/schema/filter.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { countedValue, readWhere } from "../../shared/segments.ts";
import { alwaysKeptSegments } from "../../shared/vocabulary.ts";
import type { Where } from "../db/response-filter.ts";
import { invalid } from "../problem.ts";

/** Reads `segment:value`; throws `invalid` for what is not of a segment in `declared`. */
export function whereOf(text: string, declared: readonly string[], pointer = "/where"): Where {
  const where = readWhere(text, declared);
  if (!where) throw invalid(pointer, `must be segment:value, of ${listed(declared)}`);
  const counted = countedValue(where.segment, where.value);
  return { segment: where.segment, values: counted === where.value ? [counted] : [counted, where.value] };
}

/** The filter of a list of the survey's responses; throws `invalid` for a segment that it does not declare. */
export function rowFilterOf<Query extends Pick<Filter, "where">>(
  { where, ...others }: Query,
  settings: SurveySettings,
): Omit<Query, "where"> & { where?: Where[] } {
  if (where === undefined) return others;
  const declared = declaredSegments([settings]);
  return { ...others, where: where.map((each) => whereOf(each, declared)) };
}

/** The segments that each of the surveys breaks its scores down by. */
export function declaredSegments(all: readonly SurveySettings[]): string[] {
  const [first, ...others] = all.map((settings) => settings.segments);
  return [
    ...(first ?? []).filter((name) => others.every((segments) => segments.includes(name))),
    ...alwaysKeptSegments,
  ];
}

export function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
