/** Which surveys are looked at as one, and what they are as one. Pure. */

import { limits } from "../../../shared/limits.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { isSameZone } from "../../../shared/time/calendar.ts";

export type Choice = {
  chosen: Survey[];
  /** The time zone of all that are chosen: days that begin at different times cannot be added up. */
  timezone: string;
  /** Whether more were asked for than can be added up at once. */
  tooMany: boolean;
};

/**
 * `asked`: ids with commas between; empty or null means all surveys. Only surveys of one time zone are chosen: that of the
 * first survey asked for, or where all are meant, the one that most surveys have.
 */
export function choiceOf(all: readonly Survey[], asked: string | null): Choice {
  const ids = (asked ?? "").split(",").filter(Boolean);
  const first = all.find(({ id }) => id === ids[0]);
  const timezone = first?.timezone ?? mostCommon(all.map((survey) => survey.timezone)) ?? "UTC";
  const fitting = all.filter((survey) => isSameZone(survey.timezone, timezone) && (!first || ids.includes(survey.id)));
  return {
    chosen: fitting.slice(0, limits.combinedSurveys),
    timezone,
    tooMany: fitting.length > limits.combinedSurveys,
  };
}

function mostCommon(names: readonly string[]): string | undefined {
  const sizes = names.map((name) => names.filter((other) => isSameZone(name, other)).length);
  return names[sizes.indexOf(Math.max(...sizes))];
}

/** The first survey, with the questions of all and the topics that every one has. Segments differ, so they are left out. */
export function sumOf(surveys: readonly Survey[]): Survey | null {
  const [first] = surveys;
  if (!first) return null;
  const hasTopic = (survey: Survey, name: string) => survey.topics.some((topic) => topic.name === name);
  return {
    ...first,
    questions: [...new Set(surveys.flatMap((survey) => survey.questions))],
    topics: first.topics.filter(({ name }) => surveys.every((survey) => hasTopic(survey, name))),
    segments: [],
  };
}
