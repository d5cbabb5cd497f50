/** What comments and responses can be asked for: the same for both lists. */
import * as z from "zod";
import { searchWordsOf } from "../comments/fold.ts";
import { limits } from "../limits.ts";
import { daySchema } from "./metrics-query.ts";
import { pagingSchema } from "./paging.ts";
import { respondentIdSchema } from "./response.ts";
import { filledTextUpTo, textUpTo } from "./text.ts";

const npsScore = z
  .string()
  .regex(/^(\d|10)$/, { error: "must be a whole number from 0 to 10" })
  .transform(Number);

const excludable = ["flagged", "unverified", "excluded"] as const;
const excludeError = `must be ${excludable.join(", ")} or several of them with commas between`;

export const filterSchema = pagingSchema.extend({
  /** Days on which the people answered, in the survey's zone, inclusive. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  nps_group: z
    .enum(["promoter", "passive", "detractor"], { error: "must be promoter, passive or detractor" })
    .optional(),
  csat_group: z
    .enum(["satisfied", "neutral", "dissatisfied"], { error: "must be satisfied, neutral or dissatisfied" })
    .optional(),
  /** Bounds of the recommendation, 0 to 10, inclusive. */
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
  status: z.enum(["open", "resolved"], { error: "must be open or resolved" }).optional(),
  respondent: respondentIdSchema.optional(),
  /** The language, whatever the region: "pt" finds pt-BR too. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, { error: "must be a language tag such as uk or pt-BR" })
    .optional(),
  exclude: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(excludable, { error: excludeError })))
    .optional(),
});
export type Filter = z.output<typeof filterSchema>;

/** What the list of responses takes beside: by what sign the columns of a CSV are parted. */
export const exportQuerySchema = filterSchema.extend({
  separator: z.enum(["comma", "semicolon"], { error: "must be comma or semicolon" }).default("comma"),
});
export type ExportQuery = z.output<typeof exportQuerySchema>;
