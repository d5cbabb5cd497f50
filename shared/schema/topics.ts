import * as z from "zod";
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { shapesByScore } from "./by-score.ts";
import { combinedMetricsQuerySchema, daySchema, metricsQuerySchema, whereSchema } from "./metrics-query.ts";
import { fillingShape, pointShape, scoresShape } from "./metrics-reply.ts";

const suggestError = `must be a whole number from 0 to ${limits.suggestions}`;

/** The query of `GET /v1/surveys/:id/topics`. */
export const topicsQuerySchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  interval: metricsQuerySchema.shape.interval,
  where: whereSchema.optional(),
  /** How many terms that no topic covers are suggested; needs the scope `comments`. */
  suggest: z
    .string()
    .regex(/^\d{1,2}$/, { error: suggestError })
    .transform(Number)
    .refine((count) => count <= limits.suggestions, { error: suggestError })
    .default(10),
});
export type TopicsQuery = z.output<typeof topicsQuerySchema>;
export type TopicsQueryInput = z.input<typeof topicsQuerySchema>;

/** The same for several surveys as one: `?survey=a&survey=b`. Nothing is suggested, and no segment is singled out. */
export const combinedTopicsQuerySchema = topicsQuerySchema
  .omit({ suggest: true, where: true })
  .extend({ survey: combinedMetricsQuerySchema.shape.survey });
export type CombinedTopicsQueryInput = z.input<typeof combinedTopicsQuerySchema>;

const count = z.int().min(0);
const counted = scoresShape.extend({ responses: count, comments: count });
const points = z.number().nullable();

export const topicFiguresShape = counted.extend({
  name: z.string(),
  /** Integer percent of all comments that name it. */
  percent: count.nullable(),
  /** What the scores would be without those who named it. */
  without: counted,
  /** The survey's exact score less the one without them: below 0 the topic costs points. */
  effect: z.object(shapesByScore<Record<ScoreName, number | null>>(() => points)),
  series: z.array(pointShape.omit({ rolling: true })).exactOptional(),
});
export type TopicFigures = z.output<typeof topicFiguresShape>;

export const termShape = z.object({
  /** Begins each of the words: can be taken into a topic as it is. */
  stem: z.string(),
  word: z.string(),
  comments: count,
  /** NPS of those who used it. */
  nps: z.int().nullable(),
});

export type Term = z.output<typeof termShape>;

export const topicsShape = counted.extend({
  /** The survey asked for; `surveys` where several were asked for as one. */
  survey: z.string().exactOptional(),
  surveys: z.array(z.string()).exactOptional(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** With `where`: `from` is later than was asked for, since the comments of the days before cannot all be read. */
  shortened: z.literal(true).exactOptional(),
  timezone: z.string(),
  /** What costs most points first, of the recommendation, or of the next score where nobody has given it. */
  topics: z.array(topicFiguresShape),
  /** Terms of the newest comments of the range that no topic covers. */
  suggestions: z.array(termShape).exactOptional(),
  filling: fillingShape.exactOptional(),
  updated_at: z.iso.datetime(),
});
export type Topics = z.output<typeof topicsShape>;
