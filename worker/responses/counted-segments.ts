/** What a response counts under: one rule for a send, for a change of what is stored, and for segments declared later. */
import { languageOf } from "../../shared/languages.ts";
import type { Properties, SurveyResponse } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { partsOf, segmentsOf } from "../../shared/segments.ts";
import type { Sender } from "./sender.ts";

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

/** What one send tells by itself. Its device is of interest only where a declared segment counts by it. */
export function factsToldBy(
  { properties = {}, locale, test = false }: Pick<SurveyResponse, "properties" | "locale" | "test">,
  { channel, device }: Pick<Sender, "channel" | "device">,
  settings: SurveySettings,
): Facts {
  return {
    properties,
    channel,
    language: languageOf(locale),
    device: countsBy(settings, "device") ? device : null,
    test,
  };
}

/** The same together with what is stored of the response; `properties`: the send's own, which replace the stored ones. */
export function restingOn(
  told: Facts,
  properties: Facts["properties"] | undefined,
  stored: Omit<Facts, "test"> | null,
): Facts {
  if (!stored) return told;
  return {
    properties: properties ?? stored.properties,
    channel: stored.channel,
    language: stored.language ?? told.language,
    device: stored.device ?? told.device,
    test: told.test,
  };
}

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
