/** The figures of a survey by each of its segments. */
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { isBuiltInSegment } from "../../../shared/segments.ts";
import { address } from "../../address/address.ts";
import { metricsQuery, spanOf } from "../../address/period.ts";
import type { Reply } from "../../data/api.ts";
import { metricsPath } from "../../data/api-paths.ts";
import { load } from "../../data/prefetch.ts";
import { useReply } from "../../data/use-reply.ts";

/** Segments that are asked for unasked: each costs the collector a reading of all the days. */
const MOST_SEGMENTS = 4;

export type SegmentFigures = { segment: string; metrics: Metrics };

/** Of the first segments, and of the one that the reader chose. Empty until all are here, and while the answers are narrowed. */
export function useBreakdowns(survey: Survey, today: string, refetchKey: number): SegmentFigures[] {
  const { query } = address.value;
  const chosen = chosenSegment(survey);
  const segments = survey.segments.filter((each, index) => index < MOST_SEGMENTS || each === chosen);
  const wanted = metricsQuery(query, spanOf(query, today));
  for (const each of ["interval", "rolling", "compare", "where"]) wanted.delete(each);
  const paths = segments.map((segment) => {
    wanted.set("group_by", segment);
    return metricsPath(survey.id, wanted);
  });
  const isAsked = paths.length > 0 && !query.get("where");
  const { value } = useReply<Metrics[]>(isAsked ? paths.join(SEPARATOR) : null, refetchKey, loadAll).value;
  // While the replies to other segments are on their way, those here are of the segments asked for before.
  return value?.length === segments.length
    ? value.map((metrics, index) => ({ segment: segments[index]!, metrics }))
    : [];
}

/** The segment that the breakdown shows: unasked, the first of the owner's own, such as their branches. */
export function chosenSegment({ segments }: Survey): string | undefined {
  const asked = segments.find((each) => each === address.value.query.get("by"));
  return asked ?? segments.find((each) => !isBuiltInSegment(each)) ?? segments[0];
}

const SEPARATOR = "\n";

async function loadAll(paths: string, signal: AbortSignal): Promise<Reply<Metrics[]>> {
  const replies = await Promise.all(paths.split(SEPARATOR).map((path) => load<Metrics>(path, signal)));
  const values: Metrics[] = [];
  for (const reply of replies) {
    if (!reply.ok) return reply;
    values.push(reply.value);
  }
  return { ok: true, value: values };
}
