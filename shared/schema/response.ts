import * as z from "zod";
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { scoredQuestions, scoreNames } from "../questions.ts";
import { isBlank } from "../text.ts";
import { channels, statuses } from "../vocabulary.ts";
import { shapesByScore } from "./by-score.ts";
import { filledTextUpTo, instantShape, languageTag, oneOf, textUpTo } from "./text.ts";

export const surveyIdSchema = z.string().regex(/^srv_[a-z0-9]{4,32}$/, { error: "must be a survey id: srv_…" });

/** A UUIDv7 as the browser mints it, lower case. */
export const responseIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: "must be a UUIDv7 in lower case",
  });

/** A score of the question's scale, as it is sent and as it is answered. */
export const scoreSchemas = Object.fromEntries(scoreNames.map((name) => [name, wholeScore(name)])) as Record<
  ScoreName,
  z.ZodInt
>;

const givenScores = Object.fromEntries(scoreNames.map((name) => [name, scoreSchemas[name].optional()])) as Record<
  ScoreName,
  z.ZodOptional<z.ZodInt>
>;

/** The scores of a stored response: `null` where there is none, or absent for a question that is not asked by default. */
export const storedScores = shapesByScore<Record<ScoreName, number | null>>((name) => scoreSchemas[name].nullable());

function wholeScore(name: ScoreName): z.ZodInt {
  const [low, high] = scoredQuestions[name].scale;
  const error = wholeScoreError(name);
  return z.int({ error }).min(low, { error }).max(high, { error });
}

export function wholeScoreError(name: ScoreName): string {
  const [low, high] = scoredQuestions[name].scale;
  return `must be a whole number from ${low} to ${high}`;
}

export const propertyValueSchema = z.union(
  [textUpTo(limits.propertyValueCharacters), z.number(), z.boolean(), z.null()],
  { error: `must be a string of at most ${limits.propertyValueCharacters} characters, a number, true, false or null` },
);

/** What the owner's page knows of the visit: flat, so that scores can be broken down by it. */
export const propertiesSchema = z
  .record(filledTextUpTo(limits.propertyNameCharacters), propertyValueSchema)
  .refine((properties) => Object.keys(properties).length <= limits.properties, {
    error: `must have at most ${limits.properties} names`,
  })
  .meta({ maxProperties: limits.properties });
export type Properties = z.infer<typeof propertiesSchema>;

/** A page's address as http or https; query and fragment are cut off, for they carry names and tokens. */
export const pageSchema = z
  .string()
  .max(limits.pageCharacters * 8, { error: "is too long for an address" })
  .transform((text, context) => {
    const url = URL.parse(text);
    if (url && (url.protocol === "https:" || url.protocol === "http:"))
      return (url.origin + url.pathname).slice(0, limits.pageCharacters);
    context.addIssue({ code: "custom", message: "must be an http or https address" });
    return z.NEVER;
  });

export const localeSchema = languageTag;

/** The owner's own id of a person: any text, without blanks at its ends. Whoever sends or asks for one is read by this. */
export const respondentIdSchema = filledTextUpTo(limits.respondentCharacters);

export const respondentSchema = z.strictObject({
  id: respondentIdSchema,
  /** Identity token made on the owner's server; without a valid one the respondent is unverified. */
  token: z
    .string()
    .max(limits.identityTokenCharacters, { error: `must be at most ${limits.identityTokenCharacters} characters` })
    .optional(),
});

/**
 * The body of `POST /v1/responses`. Fields present are set, absent ones keep what was stored; each send carries all
 * answers so far, so that a lost or late send costs nothing.
 */
export const responseSchema = z.strictObject({
  survey: surveyIdSchema,
  id: responseIdSchema,
  /** 128 random bits in base64url; once stored, only its holder may amend. */
  secret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22,64}$/, { error: "must be 22 to 64 base64url characters" })
    .optional(),
  /** Counts up with each change on the sender's side; an older one never overwrites a newer. */
  rev: z
    .int({ error: "must be a whole number from 0" })
    .min(0, { error: "must be a whole number from 0" })
    .max(2 ** 31, { error: "must be at most 2147483648" })
    .optional(),
  ...givenScores,
  /** `""` takes the comment back, and so does one in which nothing can be read. */
  comment: textUpTo(limits.commentCharacters)
    .overwrite((text) => (isBlank(text) ? "" : text))
    .optional(),
  respondent: respondentSchema.optional(),
  properties: propertiesSchema.optional(),
  locale: localeSchema.optional(),
  page: pageSchema.optional(),
  /** Token of Cloudflare Turnstile, where the survey's setting `turnstile` asks for one; good for one response. */
  turnstile: z.string().max(2048, { error: "must be at most 2048 characters" }).optional(),
  /** Stored for a day, never counted. */
  test: z.boolean({ error: "must be true or false" }).optional(),
});

/** What a sender writes. */
export type ResponseBody = z.input<typeof responseSchema>;
/** What remains after validation: texts cleaned, page cut. */
export type SurveyResponse = z.output<typeof responseSchema>;

/** What a sender gets back, both for 201 and 200. */
export const receiptShape = z.object({ id: z.string(), created_at: instantShape, updated_at: instantShape });
export type ResponseReceipt = z.output<typeof receiptShape>;

/** One item of `GET /v1/surveys/:id/test-responses`. */
export const testResponseShape = z.object({
  id: z.string(),
  received_at: instantShape,
  updated_at: instantShape,
  ...storedScores,
  comment: z.string().nullable(),
  locale: z.string().nullable(),
  channel: z.enum(channels),
  page: z.string().nullable(),
});
export type TestResponse = z.output<typeof testResponseShape>;

/** Tags of a response; the same word twice is one tag. */
export const tagsSchema = z
  .array(filledTextUpTo(limits.tagCharacters))
  .max(limits.tags, { error: `must have at most ${limits.tags} entries` })
  .transform((tags) => [...new Set(tags)]);

/** The body of `PATCH /v1/surveys/:id/responses/:rid`: at least one of them. */
export const responsePatchSchema = z
  .strictObject({
    /** Replaces the tags. */
    tags: tagsSchema.optional(),
    /** `resolved` answers the person too, unless a reply was recorded before; any other status takes that back. */
    status: oneOf(statuses).optional(),
    /** Who takes care of it: any name; `""` or null for nobody. */
    assignee: textUpTo(limits.assigneeCharacters)
      .transform((name) => name.trim())
      .nullable()
      .optional(),
    /** True records that the person was replied to now, unless that was recorded before; false takes it back. */
    answered: z.boolean({ error: "must be true or false" }).optional(),
    /** For the team's eyes; `""` or null takes it back. */
    note: textUpTo(limits.commentCharacters).nullable().optional(),
    /** Spam is taken out of every figure, and can be put back. */
    excluded: z.boolean({ error: "must be true or false" }).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, {
    error: "must have tags, status, assignee, answered, note or excluded",
  });
export type ResponsePatch = z.output<typeof responsePatchSchema>;
export type ResponsePatchInput = z.input<typeof responsePatchSchema>;

/** The query of `DELETE /v1/surveys/:id/responses/:rid`: text and person go, the score stays unless dropped. */
export const responseDeleteSchema = z.strictObject({
  score: z.enum(["keep", "drop"], { error: "must be keep or drop" }).default("keep"),
});
