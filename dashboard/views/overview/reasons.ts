/** Why a score is what it is: what people write about, and who they are, strongest first. Pure. */
import type { ScoreName } from "../../../shared/questions.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Topics } from "../../../shared/schema/topics.ts";
import type { SegmentFigures } from "./breakdowns.ts";
import { contributions } from "./contribution.ts";

export type Reason = {
  /** Points that the score would have more (below 0) or less without it; one decimal. */
  points: number;
  /** Answers behind it. */
  answers: number;
  /** Whether they are so few that it is a hint only. */
  lowSample: boolean;
};
export type TopicReason = Reason & { topic: string };
export type SegmentReason = Reason & { segment: string; value: string };

/** At most this many of each: the first look, not the whole table. */
const MOST = 4;
/** What moves a score by less is lost in its rounding. */
const LEAST_POINTS = 0.5;

export function topicReasons({ topics }: Topics, score: ScoreName): TopicReason[] {
  return strongest(
    topics.flatMap(({ name, effect, ...figures }) => {
      const points = effect[score];
      const own = figures[score];
      if (!points || !own) return [];
      return [{ topic: name, points, answers: own.responses, lowSample: own.low_sample }];
    }),
  );
}

/** Over all segments; those without the property, and the rest of many values, are nobody one could act on. */
export function segmentReasons(breakdowns: readonly SegmentFigures[], all: Metrics, score: ScoreName): SegmentReason[] {
  return strongest(
    breakdowns.flatMap(({ segment, metrics }) =>
      contributions(metrics.groups ?? [], all, score).flatMap(({ group: { value }, figures, points }) => {
        if (!value || !figures || !points) return [];
        return [{ segment, value, points, answers: figures.responses, lowSample: figures.low_sample }];
      }),
    ),
  );
}

/** The strongest few, from what costs most to what wins most. */
function strongest<Kind extends Reason>(reasons: Kind[]): Kind[] {
  return reasons
    .filter(({ points }) => Math.abs(points) >= LEAST_POINTS)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, MOST)
    .sort((a, b) => a.points - b.points);
}
