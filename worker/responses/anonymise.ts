import { languageOf } from "../../shared/languages.ts";
import type { SurveyResponse } from "../../shared/schema/response.ts";
import { partsOf } from "../../shared/segments.ts";

/**
 * The part of a response that an anonymous survey stores: the answers, the language, and the properties that its segments need.
 */
export function anonymised(response: SurveyResponse, segments: readonly string[]): SurveyResponse {
  const { respondent: _, page: __, locale, properties, ...answers } = response;
  const counted = new Set(segments.flatMap(partsOf));
  return {
    ...answers,
    ...(locale && { locale: languageOf(locale)! }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => counted.has(name))),
    }),
  };
}
