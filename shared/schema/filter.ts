/** The filters of the lists of comments and responses. */
import * as z from "zod";
import { searchWordsOf } from "../comments/fold.ts";
import { limits } from "../limits.ts";
import { starsIn } from "../pages/url-pattern.ts";
import type { GroupOf, ScoreName } from "../questions.ts";
import { groupsOf, scoreNames, scoresOf } from "../questions.ts";
import { channels, excludable, statuses } from "../vocabulary.ts";
import { daySchema, whereSchema } from "./metrics-query.ts";
import { pagingSchema } from "./paging.ts";
import { respondentIdSchema, wholeScoreError } from "./response.ts";
import { filledTextUpTo, instant, languageTag, oneOf, textUpTo } from "./text.ts";

const npsScore = z.enum(scoresOf.nps.map(String), { error: wholeScoreError("nps") }).transform(Number);

const excludeError = `must be ${excludable.join(", ")} or several of them with commas between`;

type GroupFilter<Name extends ScoreName> = z.ZodOptional<z.ZodType<GroupOf<Name>>>;

const groupFilters = Object.fromEntries(
  scoreNames.map((name) => [`${name}_group`, oneOf(groupsOf(name)).optional() as z.ZodOptional<z.ZodType>]),
) as { [Name in ScoreName as `${Name}_group`]: GroupFilter<Name> };

export const filterSchema = pagingSchema.extend({
  /** Days on which the people answered, in the survey's zone, inclusive. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  ...groupFilters,
  /** Bounds of the recommendation, inclusive. */
  min_score: npsScore.optional(),
  max_score: npsScore.optional(),
  /** Words that the comment must hold, all of them, in any case and with or without accents. */
  q: textUpTo(limits.searchCharacters)
    .refine((text) => searchWordsOf(text).length > 0, {
      error: "must hold something to look for; accents, apostrophes and invisible characters are left out of a search",
    })
    .refine((text) => searchWordsOf(text).length <= limits.searchWords, {
      error: `must be at most ${limits.searchWords} words`,
    })
    .optional(),
  topic: filledTextUpTo(limits.nameCharacters).optional(),
  tag: filledTextUpTo(limits.tagCharacters).optional(),
  status: oneOf(statuses).optional(),
  respondent: respondentIdSchema.optional(),
  /** The language, whatever the region: "pt" finds pt-BR too. */
  language: languageTag.optional(),
  /** Several are joined by "and": `?where=plan:pro&where=department:sales`. */
  where: z
    .union([whereSchema.transform((each) => [each]), z.array(whereSchema)], { error: "must be segment:value" })
    .refine((all) => all.length <= limits.wheres, { error: `must be given at most ${limits.wheres} times` })
    .optional(),
  channel: oneOf(channels).optional(),
  /** A pattern as targeting has it: `*` is any run of characters; from `/` on it is held against the path alone. */
  page: filledTextUpTo(limits.urlCharacters)
    .refine((glob) => starsIn(glob) <= limits.patternStars, {
      error: `must have at most ${limits.patternStars} times \`*\``,
    })
    .optional(),
  exclude: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(excludable, { error: excludeError })))
    .optional(),
});
export type Filter = z.output<typeof filterSchema>;

/** The query of the list of responses: the filters, and two parameters of its own. */
export const exportQuerySchema = filterSchema.extend({
  /** Only responses stored or changed at this instant or later; the list is then in an order of its own. */
  updated_since: instant.transform((text) => Date.parse(text)).optional(),
  /** By what sign the columns of a CSV are parted. */
  separator: z.enum(["comma", "semicolon"], { error: "must be comma or semicolon" }).default("comma"),
});
export type ExportQuery = z.output<typeof exportQuerySchema>;
