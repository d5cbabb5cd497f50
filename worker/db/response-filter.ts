/** The filters of the lists of responses as one SQL condition, and the values of its parameters. */
import { searchWordsOf } from "../../shared/comments/fold.ts";
import type { limits } from "../../shared/limits.ts";
import type { Band, ScoreName } from "../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../shared/questions.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import { segmentOfTopic } from "../../shared/segments.ts";
import type { excludable } from "../../shared/vocabulary.ts";
import type { NamesIn, Param } from "./statement.ts";

/**
 * Only responses with one of these values of the segment: the value asked for in the form in which it is counted now, and
 * exactly as it was asked for, because older versions counted it so.
 */
export type Where = { segment: string; values: readonly string[] };

/** What a list is narrowed by, its conditions on segments read by what the survey declares. */
export type RowFilter = Omit<Filter, "where"> & { where?: readonly Where[] | undefined };

/** `MATCHES` names a parameter for each word, so that the compiler knows them all. With another limit this does not compile. */
6 satisfies typeof limits.searchWords;

/** A word is looked for with instr, because LIKE ignores the case of ASCII letters only and allows patterns of 50 bytes. */
const seek = <Name extends string>(name: Name) =>
  `AND (:${name} IS NULL OR instr(coalesce(folded, comment, ''), :${name}) > 0)` as const;

/** Without bounds every score matches, and a response without a score too. */
const BOUNDED = scoreNames
  .map(
    (name) =>
      `AND (:${name}_low IS NULL OR ${name} >= :${name}_low) AND (:${name}_high IS NULL OR ${name} <= :${name}_high)`,
  )
  .join("\n  ");

/**
 * `covers` of shared/pages/url-pattern.ts over the row's page: GLOB stops at 50 bytes. The parts between the stars are found one
 * after the other, each at its first place. A page begins with http:// or https://, so its path with the first slash after
 * the eighth character.
 */
const ON_PAGE = `(:page IS NULL OR EXISTS (
    WITH RECURSIVE found(parts, rest) AS (
      SELECT 0, substr(shown, length(:page ->> 'first') + 1)
      FROM (SELECT iif(:page ->> 'path_only', substr(page, instr(substr(page, 9), '/') + 8), page) AS shown)
      WHERE substr(shown, 1, length(:page ->> 'first')) = :page ->> 'first'
      UNION ALL
      SELECT parts + 1, substr(rest, instr(rest, :page -> 'middle' ->> parts) + length(:page -> 'middle' ->> parts))
      FROM found WHERE instr(rest, :page -> 'middle' ->> parts) > 0
    )
    SELECT 1 FROM found WHERE parts = json_array_length(:page, '$.middle')
      AND iif(:page ->> 'last' IS NULL, rest = '', substr(rest, length(rest) - length(:page ->> 'last') + 1) = :page ->> 'last')
  ))`;

/** Each condition on a segment holds: the row is counted under it with one of the values. */
export const IN_SEGMENTS = `(:where IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(:where) AS asked WHERE NOT EXISTS (
    SELECT 1 FROM json_each(segments) AS own WHERE own.key = asked.value ->> 'segment'
      AND own.value IN (SELECT value FROM json_each(asked.value, '$.values')))))`;

/** A condition on a row of responses; `matching` gives its values. */
export const MATCHES = `
  (:from IS NULL OR day >= :from) AND (:to IS NULL OR day <= :to)
  ${BOUNDED}
  AND (:status IS NULL OR status = :status)
  AND (:assignee IS NULL OR assignee = :assignee)
  AND (:language IS NULL OR lower(locale) = :language
    OR substr(lower(locale), 1, length(:language) + 1) = :language || '-')
  AND (NOT :no_flagged OR flags = '[]') AND (NOT :no_unverified OR respondent_id IS NULL OR respondent_verified)
  AND (NOT :no_excluded OR NOT excluded)
  AND (:channel IS NULL OR channel = :channel)
  AND ${IN_SEGMENTS}
  AND ${ON_PAGE}
  AND (:topic IS NULL OR EXISTS (SELECT 1 FROM json_each(segments) WHERE key = :topic))
  AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))
  ${seek("word1")} ${seek("word2")} ${seek("word3")} ${seek("word4")} ${seek("word5")} ${seek("word6")}`;

/** The values of the parameters of `MATCHES`. */
export function matching(filter: RowFilter): Record<NamesIn<typeof MATCHES>, Param> {
  const excludes = (name: (typeof excludable)[number]) => Number(filter.exclude?.includes(name) ?? false);
  const [word1 = null, word2 = null, word3 = null, word4 = null, word5 = null, word6 = null] = searchWordsOf(
    filter.q ?? "",
  );
  return {
    from: filter.from ?? null,
    to: filter.to ?? null,
    ...Object.fromEntries(scoreNames.flatMap((name) => boundsOf(name, filter))),
    status: filter.status ?? null,
    assignee: filter.assignee ?? null,
    language: filter.language?.toLowerCase() ?? null,
    no_flagged: excludes("flagged"),
    no_unverified: excludes("unverified"),
    no_excluded: excludes("excluded"),
    channel: filter.channel ?? null,
    where: filter.where === undefined ? null : JSON.stringify(filter.where),
    page: filter.page === undefined ? null : JSON.stringify(partsOfPattern(filter.page)),
    topic: filter.topic === undefined ? null : segmentOfTopic(filter.topic),
    tag: filter.tag ?? null,
    ...{ word1, word2, word3, word4, word5, word6 },
  };
}

/** Whether the filter can leave rows out, so that more rows may have to be looked at than are shown. */
export function isFiltered({ limit: _, cursor: __, ...filter }: RowFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** A pattern of pages as `ON_PAGE` takes it; without a star all of it is the first part, and there is no last. */
function partsOfPattern(glob: string) {
  const [first = "", ...others] = glob.split(/\*+/);
  return { path_only: Number(glob.startsWith("/")), first, middle: others.slice(0, -1), last: others.at(-1) ?? null };
}

/** The bounds of a score: those of the band asked for, and for the recommendation `min_score` and `max_score` too. */
function boundsOf(name: ScoreName, filter: RowFilter): [param: string, bound: number | null][] {
  const [low, high] = bandOf(name, filter[`${name}_group`]);
  const { min_score, max_score } = name === "nps" ? filter : {};
  return [
    [`${name}_low`, highest(min_score, low)],
    [`${name}_high`, lowest(max_score, high)],
  ];
}

/** The lowest and the highest score of the band with this name; an empty list where no band is asked for. */
function bandOf(question: ScoreName, group: string | undefined): readonly [lowest?: number, highest?: number] {
  const bands: readonly Band[] = scoredQuestions[question].bands;
  return bands.find((band) => band.group === group)?.scores ?? [];
}

function highest(...values: (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length > 0 ? Math.max(...given) : null;
}

function lowest(...values: (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length > 0 ? Math.min(...given) : null;
}
