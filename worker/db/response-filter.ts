/** The filters of the lists as one condition over a response, and their values in its order. */
import { searchWordsOf } from "../../shared/comments/fold.ts";
import { limits } from "../../shared/limits.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import { csatGroup, npsGroup } from "../../shared/score.ts";
import { segmentOfTopic } from "../../shared/segments.ts";
import type { Param } from "./store.ts";

const WORDS = Array.from({ length: limits.searchWords }, (_, index) => `?${23 + index}`);

/** Parameters 10 to 28; 1 to 9 are the list's own. A word is sought with instr: LIKE folds ASCII only and stops at 50 bytes. */
export const MATCHES = `
  (?10 IS NULL OR day >= ?10) AND (?11 IS NULL OR day <= ?11)
  AND (?12 IS NULL OR nps >= ?12) AND (?13 IS NULL OR nps <= ?13)
  AND (?14 IS NULL OR csat >= ?14) AND (?15 IS NULL OR csat <= ?15)
  AND (?16 IS NULL OR status = ?16)
  AND (?17 IS NULL OR lower(locale) = ?17 OR substr(lower(locale), 1, length(?17) + 1) = ?17 || '-')
  AND (NOT ?18 OR flags = '[]') AND (NOT ?19 OR respondent_id IS NULL OR respondent_verified) AND (NOT ?20 OR NOT excluded)
  AND (?21 IS NULL OR EXISTS (SELECT 1 FROM json_each(segments) WHERE key = ?21))
  AND (?22 IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?22))
  ${WORDS.map((word) => `AND (${word} IS NULL OR instr(coalesce(folded, comment, ''), ${word}) > 0)`).join(" ")}`;

/** The values of parameters 10 and up. */
export function matching(filter: Filter): Param[] {
  const nps = bounds(10, (score) => filter.nps_group === undefined || npsGroup(score) === filter.nps_group);
  const csat = bounds(5, (score) => filter.csat_group === undefined || csatGroup(score) === filter.csat_group);
  const words = searchWordsOf(filter.q ?? "");
  return [
    filter.from ?? null,
    filter.to ?? null,
    highest(filter.min_score, filter.nps_group && nps.low),
    lowest(filter.max_score, filter.nps_group && nps.high),
    (filter.csat_group && Math.max(csat.low, 1)) ?? null,
    (filter.csat_group && csat.high) ?? null,
    filter.status ?? null,
    filter.language?.toLowerCase() ?? null,
    ...(["flagged", "unverified", "excluded"] as const).map((name) => Number(filter.exclude?.includes(name) ?? false)),
    filter.topic === undefined ? null : segmentOfTopic(filter.topic),
    filter.tag ?? null,
    ...WORDS.map((_, index) => words[index] ?? null),
  ];
}

/** Whether any row can be left out, so that more rows may have to be looked at than are shown. */
export function isFiltered({ limit: _, cursor: __, ...filter }: Filter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** The lowest and highest score of a band, asked of score.ts, the one place that cuts them. */
function bounds(most: number, belongs: (score: number) => boolean): { low: number; high: number } {
  const scores = Array.from({ length: most + 1 }, (_, score) => score).filter(belongs);
  return { low: scores[0]!, high: scores.at(-1)! };
}

function highest(...values: (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length > 0 ? Math.max(...given) : null;
}

function lowest(...values: (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length > 0 ? Math.min(...given) : null;
}
