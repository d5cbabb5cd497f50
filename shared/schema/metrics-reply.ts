/**
 * The shapes of the reply of `metrics`. The types and the OpenAPI document are made of them; no reply is parsed at run time.
 */
import * as z from "zod";
import { answerHours } from "../cases.ts";
import type { ScoredQuestion, ScoreName } from "../questions.ts";
import { scoreBounds, scoredQuestions, scoresOf } from "../questions.ts";
import type { ScoreChange, ScoreMetrics, TargetMetrics } from "../score.ts";
import { shapesByScore } from "./by-score.ts";

const count = z.int().min(0);
const oneDecimal = z.number();
export const shareShape = z.object({ count, percent: z.int().min(0).max(100), exact: z.number().min(0).max(100) });
const interval = z.object({ level: z.literal(0.95), low: oneDecimal, high: oneDecimal }).nullable();

/** The figures of one question, as `scoreMetrics` makes them. */
function metricsShapeOf(name: ScoreName) {
  const { scale, bands, mean }: ScoredQuestion = scoredQuestions[name];
  return z.object({
    score: z.int().min(scoreBounds[name][0]).max(scoreBounds[name][1]),
    exact: oneDecimal,
    ...(mean && { mean: z.number().min(scale[0]).max(scale[1]) }),
    responses: count,
    ...Object.fromEntries(bands.map(({ share }) => [share, shareShape])),
    distribution: z.array(count).length(scoresOf[name].length),
    interval,
    low_sample: z.boolean(),
  });
}

/** `null` where nobody answered; a question that is not asked by default only where it is asked. */
export const scoresShape = z.object(
  shapesByScore<{ [Name in ScoreName]: ScoreMetrics<Name> | null }>((name) => metricsShapeOf(name).nullable()),
);

const counted = scoresShape.extend({ responses: count, comments: count });

export const pointShape = counted.extend({
  start: z.iso.date(),
  end: z.iso.date(),
  /** The window that ends on `end`. */
  rolling: counted.extend({ start: z.iso.date() }).exactOptional(),
});
export type MetricsPoint = z.output<typeof pointShape>;

const bound = oneDecimal.nullable();
/** One score's change, as `scoreChange` makes it. */
function changeShapeOf(name: ScoreName) {
  const net = scoredQuestions[name].scoring === "net";
  return z.object({
    difference: oneDecimal,
    low: bound,
    high: bound,
    ...(net && { p: z.number().min(0).max(1).nullable() }),
  });
}

export const changeShape = z.object(
  shapesByScore<{ [Name in ScoreName]: ScoreChange<Name> | null }>((name) => changeShapeOf(name).nullable()),
);
export type Change = z.output<typeof changeShape>;

/** One value of the segment; `rest` stands for all but the largest; `value: null` for responses that have none. */
export const groupShape = counted.extend({
  value: z.string().nullable().exactOptional(),
  rest: z.literal(true).exactOptional(),
  change: changeShape.exactOptional(),
});
export type MetricsGroup = z.output<typeof groupShape>;

const target = z.object({ target: z.number(), gap: bound, cleared: z.boolean().nullable() }).nullable();

/** How far a backfill is: it has looked at `done` of about `of` responses. */
export const fillingShape = z.object({ done: count, of: count.nullable() });
export type FillingProgress = z.output<typeof fillingShape>;

export const metricsShape = counted.extend({
  /** The survey asked for; `surveys` where several were asked for as one. */
  survey: z.string().exactOptional(),
  surveys: z.array(z.string()).exactOptional(),
  from: z.iso.date(),
  to: z.iso.date(),
  timezone: z.string(),
  shown: count.nullable(),
  dismissed: count.nullable(),
  /** In-page responses per 100 shown; null where views are not counted. */
  response_rate: oneDecimal.nullable(),
  targets: z.object(shapesByScore<Record<ScoreName, TargetMetrics | null>>(() => target)),
  series: z.array(pointShape).exactOptional(),
  groups: z.array(groupShape).exactOptional(),
  change: changeShape.extend({ from: z.iso.date(), to: z.iso.date() }).exactOptional(),
  /** Only while the segment asked for is still being filled in for the past: its groups are not complete yet. */
  filling: fillingShape.exactOptional(),
  /** What became of the unhappy, as shared/cases.ts defines it. Absent where nobody was, and with `where` and `exclude`. */
  cases: z
    .object({
      unhappy: count,
      answered: shareShape,
      within_24h: shareShape.nullable(),
      median_hours: z.int().min(1).max(answerHours.at(-1)!).nullable(),
    })
    .exactOptional(),
  updated_at: z.iso.datetime(),
});
export type Metrics = z.output<typeof metricsShape>;
