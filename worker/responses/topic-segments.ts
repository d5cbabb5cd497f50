/** The topics that a comment names, as segments. */

import { topicFinder } from "../../shared/comments/topics.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { segmentOfTopic } from "../../shared/segments.ts";

const finders = new WeakMap<SurveySettings["topics"], (comment: string) => string[]>();

/** The segments that stand for the topics which the comment names. */
export function topicSegments({ topics }: SurveySettings, comment: string | null | undefined): Record<string, string> {
  if (!comment) return {};
  let finder = finders.get(topics);
  if (!finder) {
    finder = topicFinder(topics);
    finders.set(topics, finder);
  }
  return Object.fromEntries(finder(comment).map((name) => [segmentOfTopic(name), "true"]));
}
