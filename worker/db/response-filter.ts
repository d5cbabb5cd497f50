/** The filters of the lists of responses as one SQL condition, and the values of its parameters. */
import { searchWordsOf } from "../../shared/comments/fold.ts";
import type { limits } from "../../shared/limits.ts";
import type { Band, ScoreName } from "../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../shared/questions.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import { segmentOfTopic } from "../../shared/segments.ts";
import type { excludable } from "../../shared/vocabulary.ts";
import type { NamesIn, Param } from "./statement.ts";

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

/** A condition on a row of responses; `matching` gives its values. */
export const MATCHES = `
  (:from IS NULL OR day >= :from) AND (:to IS NULL OR day <= :to)
  ${BOUNDED}
  AND (:status IS NULL OR status = :status)
  AND (:language IS NULL OR lower(locale) = :language
    OR substr(lower(locale), 1, length(:language) + 1) = :language || '-')
  AND (NOT :no_flagged OR flags = '[]') AND (NOT :no_unverified OR respondent_id IS NULL OR respondent_verified)
  AND (NOT :no_excluded OR NOT excluded)
  AND (:topic IS NULL OR EXISTS (SELECT 1 FROM json_each(segments) WHERE key = :topic))
  AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))
  ${seek("word1")} ${seek("word2")} ${seek("word3")} ${seek("word4")} ${seek("word5")} ${seek("word6")}`;

/** The values of the parameters of `MATCHES`. */
export function matching(filter: Filter): Record<NamesIn<typeof MATCHES>, Param> {
  const excludes = (name: (typeof excludable)[number]) => Number(filter.exclude?.includes(name) ?? false);
  const [word1 = null, word2 = null, word3 = null, word4 = null, word5 = null, word6 = null] = searchWordsOf(
    filter.q ?? "",
  );
  return {
    from: filter.from ?? null,
    to: filter.to ?? null,
    ...Object.fromEntries(scoreNames.flatMap((name) => boundsOf(name, filter))),
    status: filter.status ?? null,
    language: filter.language?.toLowerCase() ?? null,
    no_flagged: excludes("flagged"),
    no_unverified: excludes("unverified"),
    no_excluded: excludes("excluded"),
    topic: filter.topic === undefined ? null : segmentOfTopic(filter.topic),
    tag: filter.tag ?? null,
    ...{ word1, word2, word3, word4, word5, word6 },
  };
}

/** Whether the filter can leave rows out, so that more rows may have to be looked at than are shown. */
export function isFiltered({ limit: _, cursor: __, ...filter }: Filter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** The bounds of a score: those of the band asked for, and for the recommendation `min_score` and `max_score` too. */
function boundsOf(name: ScoreName, filter: Filter): [param: string, bound: number | null][] {
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
