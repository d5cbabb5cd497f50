import * as z from "zod";
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import { isBlank } from "../text.ts";
import { channels } from "../vocabulary.ts";
import { scoresShape } from "./metrics-reply.ts";
import { localeSchema, propertiesSchema, respondentIdSchema, scoreSchemas, tagsSchema } from "./response.ts";
import { filledTextUpTo, oneOf, textUpTo } from "./text.ts";

const yes = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((text) => text === "true")
  .default(false);

const columnMap = z.record(z.string(), z.string());

/** The query of `POST /v1/surveys/:survey/import`. */
export const importQuerySchema = z.strictObject({
  /** Says what would be stored, and stores nothing. */
  dry_run: yes,
  /** Leaves out the lines that are refused; without it one such line keeps all others from being stored. */
  skip_invalid: yes,
  /** Where the answers come from: two sources may use the same ids. */
  source: filledTextUpTo(limits.importSourceCharacters).default(""),
  /** For CSV, as JSON: the field of ours for each column of theirs. Columns that it does not name are left out. */
  map: z
    .string()
    .transform((text, context): Record<string, string> => {
      const map = columnMap.safeParse(parsed(text));
      if (map.success) return map.data;
      context.addIssue({
        code: "custom",
        message: 'must be a JSON object of texts, as {"Score":"nps","Plan":"properties.plan"}',
      });
      return z.NEVER;
    })
    .optional(),
});
export type ImportQuery = z.output<typeof importQuerySchema>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An instant, a local date-time or a day, as text: the collector reads it by the survey's time zone. */
const moment = z.string().max(limits.instantCharacters, { error: "must be an instant, a local date-time or a day" });

const scores = Object.fromEntries(scoreNames.map((name) => [name, scoreSchemas[name].nullable().optional()])) as Record<
  ScoreName,
  z.ZodOptional<z.ZodNullable<z.ZodInt>>
>;

const given = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().optional();

/**
 * A response in an import. `null` is the same as a field that is not there, for exports write it. `id` is the source's own;
 * `created_at`, where it has no offset, is a time or a day in the survey's zone, and a day alone is its noon.
 */
export const importedResponseSchema = z.strictObject({
  type: z.literal("response").optional(),
  id: given(filledTextUpTo(limits.importIdCharacters)),
  created_at: moment,
  ...scores,
  comment: given(textUpTo(limits.commentCharacters).overwrite((text) => (isBlank(text) ? "" : text))),
  respondent: given(respondentIdSchema),
  properties: given(propertiesSchema),
  tags: given(tagsSchema),
  note: given(textUpTo(limits.commentCharacters)),
  locale: given(localeSchema),
  channel: given(oneOf(channels)),
});

/** A person who is not to be asked any more by this survey. */
export const importedUnsubscribeSchema = z.strictObject({
  type: z.literal("unsubscribe"),
  respondent: respondentIdSchema,
  created_at: given(moment),
});

/** When a person was last asked elsewhere: the throttle counts from there, as from an invitation of ours. */
export const importedContactSchema = z.strictObject({
  type: z.literal("asked"),
  respondent: respondentIdSchema,
  asked_at: moment,
});

/** A line of NDJSON. */
export const importLineSchema = z.union([importedResponseSchema, importedUnsubscribeSchema, importedContactSchema]);
export type ImportLine = z.input<typeof importLineSchema>;

const countsShape = scoresShape.extend({ responses: z.int().min(0) });

/** The reply of an import: 200, or 422 where lines are refused and `skip_invalid` was not said. */
export const importShape = z.object({
  /** Lines that were read, empty ones and the head of a CSV apart. */
  lines: z.int(),
  /** What was stored; in a dry run, what would be. */
  created: z.int(),
  /** Lines that were stored before. */
  repeated: z.int(),
  /** The first refused lines, by their number in the body, from 1. */
  refused: z.array(z.object({ line: z.int(), detail: z.string() })),
  refused_total: z.int(),
  /** The survey's figures of all days, before and after. */
  before: countsShape,
  after: countsShape,
});
export type ImportReply = z.output<typeof importShape>;
