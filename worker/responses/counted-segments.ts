/** What a response counts under: one rule for a send, for a change of what is stored, and for segments declared later. */
import type { Properties } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { partsOf, segmentsOf } from "../../shared/segments.ts";

/**
 * What decides it. The channel is the first send's; language and device are the first ones that a send told, and stay so
 * though a later send tells others. The properties are those of the last send that had any.
 */
export type Facts = {
  properties: Readonly<Properties>;
  channel: string;
  language: string | null;
  device: string | null;
  test: boolean;
};

/** The value of each declared segment; none for a test. */
export function countedSegments(
  { segments }: SurveySettings,
  { properties, test, ...known }: Facts,
): Record<string, string> {
  return test ? {} : segmentsOf(segments, { ...properties, ...known });
}

/** The built-in segments that a declared one crosses with others: their values decide what a change of properties means. */
export function crossedWith({ segments }: SurveySettings): string[] {
  return ["channel", "language", "device"].filter((name) =>
    segments.some((segment) => segment !== name && partsOf(segment).includes(name)),
  );
}

/** Whether any declared segment counts by `name`, alone or crossed. */
export function countsBy({ segments }: SurveySettings, name: "language" | "device"): boolean {
  return segments.some((segment) => partsOf(segment).includes(name));
}
