import * as z from "zod";
import { limits } from "../limits.ts";
import { characters } from "../text.ts";
import { isDay } from "../time/calendar.ts";
import { alwaysKeptSegments, comparisons, intervals } from "../vocabulary.ts";
import { surveyIdSchema } from "./response.ts";
import { filledTextUpTo, oneOf } from "./text.ts";

export const daySchema = z.string().refine(isDay, { error: "must be a calendar day such as 2026-11-22" });

const rollingError = `must be a whole number of days from 2 to ${limits.rollingDays}`;

/** `segment:value`: only responses that have this value. A segment's name may be in JSON quotes: `"a":b:c`. */
export const whereSchema = z
  .string()
  .refine((text) => characters(text) <= limits.whereCharacters, {
    error: `must be at most ${limits.whereCharacters} characters`,
  })
  .meta({ maxLength: limits.whereCharacters });

/** The query of `GET /v1/surveys/:id/metrics`: days are inclusive, in the survey's time zone. */
export const metricsQuerySchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  interval: oneOf(intervals).optional(),
  /** Into each point: the figures of so many days up to the point's last. */
  rolling: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, { error: rollingError })
    .transform(Number)
    .refine((days) => days >= 2 && days <= limits.rollingDays, { error: rollingError })
    .optional(),
  where: whereSchema.optional(),
  group_by: filledTextUpTo(limits.propertyNameCharacters * 3 + 2).optional(),
  compare: oneOf(comparisons).optional(),
  exclude: oneOf(alwaysKeptSegments).optional(),
});
export type MetricsQuery = z.output<typeof metricsQuerySchema>;
export type MetricsQueryInput = z.input<typeof metricsQuerySchema>;

/** The same for several surveys as one: `?survey=a&survey=b`. */
export const combinedMetricsQuerySchema = metricsQuerySchema.extend({
  survey: z
    .union([surveyIdSchema.transform((id) => [id]), z.array(surveyIdSchema)], { error: "must be a survey id: srv_…" })
    .refine((ids) => ids.length <= limits.combinedSurveys, {
      error: `must be given at most ${limits.combinedSurveys} times`,
    })
    .refine((ids) => new Set(ids).size === ids.length, { error: "must not repeat a survey" }),
});
export type CombinedMetricsQueryInput = z.input<typeof combinedMetricsQuerySchema>;
