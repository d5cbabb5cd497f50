/** The filters of the lists of comments and responses. */
import * as z from "zod";
import { searchWordsOf } from "../comments/fold.ts";
import { limits } from "../limits.ts";
import { starsIn } from "../pages/url-pattern.ts";
import type { GroupOf, ScoreName } from "../questions.ts";
import { groupsOf, scoreNames, scoresOf } from "../questions.ts";
import { channels, excludable, statuses } from "../vocabulary.ts";
import { daySchema, whereSchema } from "./metrics-query.ts";
import { limitUpTo, pagingSchema } from "./paging.ts";
import { respondentIdSchema, responseIdSchema, wholeScoreError } from "./response.ts";
import { filledTextUpTo, instant, languageTag, oneOf, textUpTo } from "./text.ts";

/** A score as a query writes it. */
type Written = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10";
const npsScore = z.enum(scoresOf.nps.map(String) as Written[], { error: wholeScoreError("nps") }).transform(Number);

const excludeError = `must be ${excludable.join(", ")} or several of them with commas between`;

type GroupFilter<Name extends ScoreName> = z.ZodOptional<z.ZodType<GroupOf<Name>, GroupOf<Name>>>;

const groupFilters = Object.fromEntries(
  scoreNames.map((name) => [`${name}_group`, oneOf(groupsOf(name)).optional() as z.ZodOptional<z.ZodType>]),
) as { [Name in ScoreName as `${Name}_group`]: GroupFilter<Name> };

const pastInstant = instant.transform((text) => Date.parse(text));

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
  /** Exactly this name. */
  assignee: filledTextUpTo(limits.assigneeCharacters).optional(),
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
export type FilterInput = z.input<typeof filterSchema>;

/** The query of the list of responses: the filters, and parameters of its own. */
export const exportQuerySchema = filterSchema
  .extend({
    /** Responses of a page of JSON (at most `pageLimit`), or of a part of a stream; a stream without it gives them all. */
    limit: limitUpTo(limits.streamPartMost).optional(),
    /** Only responses stored or changed at this instant or later; the list is then in an order of its own. */
    updated_since: pastInstant.optional(),
    /** The id of the last response that came before a stream was cut: the list goes on behind it. */
    after: responseIdSchema.optional(),
    /** The `updated_at` of that response as it came; needed with `updated_since`, whose order is by it. */
    after_updated_at: pastInstant.optional(),
    /** By what sign the columns of a CSV are parted. */
    separator: z.enum(["comma", "semicolon"], { error: "must be comma or semicolon" }).default("comma"),
  })
  .superRefine(({ after, after_updated_at, cursor, updated_since }, { addIssue }) => {
    const refuse = (path: string, message: string) => addIssue({ code: "custom", path: [path], message });
    if (after !== undefined && cursor !== undefined) refuse("after", "cannot stand beside cursor: give one of the two");
    if (after === undefined && after_updated_at !== undefined)
      refuse("after_updated_at", "belongs to after, the id of the same response");
    if (updated_since === undefined || after === undefined) return;
    if (after_updated_at === undefined)
      refuse("after_updated_at", "must be given with updated_since: the updated_at of the response that after names");
    else if (after_updated_at < updated_since)
      refuse("after_updated_at", "is before updated_since: the response is not of this list");
  });
export type ExportQuery = z.output<typeof exportQuerySchema>;
export type ExportQueryInput = z.input<typeof exportQuerySchema>;
