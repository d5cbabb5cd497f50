/** The segments that a response counts under: one rule for a new response, for a changed one, and for the backfill. */

import { pagePath } from "../../shared/pages/page-path.ts";
import type { Properties } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { partsOf, segmentsOf } from "../../shared/segments.ts";

/**
 * The facts that decide it. The channel is that of the first send. Language and device are the first that a send named; later
 * sends do not change them. The properties and the page are those of the last send that had any.
 */
export type Facts = {
  properties: Readonly<Properties>;
  channel: string;
  language: string | null;
  device: string | null;
  /** The address of the page, with its scheme. */
  page: string | null;
  test: boolean;
};

/** The value of each declared segment that the response has one for; a test response has none. */
export function countedSegments(
  { segments }: SurveySettings,
  { properties, test, page, ...known }: Facts,
): Record<string, string> {
  return test ? {} : segmentsOf(segments, { ...properties, ...known, page: page === null ? null : pagePath(page) });
}

/**
 * The built-in segments that a declared segment crosses with another one, so that a change of properties depends on them too.
 */
export function crossedWith({ segments }: SurveySettings): string[] {
  return ["channel", "language", "device", "page"].filter((name) =>
    segments.some((segment) => segment !== name && partsOf(segment).includes(name)),
  );
}

/** Whether any declared segment counts by `name`, alone or crossed. */
export function countsBy({ segments }: SurveySettings, name: "language" | "device" | "page"): boolean {
  return segments.some((segment) => partsOf(segment).includes(name));
}
