import { languageOf } from "../../shared/languages.ts";
import type { SurveyResponse } from "../../shared/schema/response.ts";
import { partsOf } from "../../shared/segments.ts";

/** What an anonymous survey keeps of a response: the answers, the language, and the properties that it counts by. */
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
