/** The segments that a send brings, as the write of its response needs them. */
import { languageOf } from "../../shared/languages.ts";
import type { SurveyResponse } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { isBuiltInSegment } from "../../shared/segments.ts";
import type { ResponseWrite, StoredFacts } from "../db/responses.ts";
import { fitSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { Facts } from "./counted-segments.ts";
import { countedSegments, countsBy } from "./counted-segments.ts";
import type { Sender } from "./sender.ts";
import { topicSegments } from "./topic-segments.ts";

/** The facts that this send alone tells. */
export function factsOfSend(response: SurveyResponse, sender: Sender, settings: SurveySettings): Facts {
  return {
    properties: response.properties ?? {},
    channel: sender.channel,
    language: languageOf(response.locale),
    device: countsBy(settings, "device") ? sender.device : null,
    page: response.page ?? null,
    test: response.test ?? false,
  };
}

/**
 * The facts of a stored response after this send: its channel, language and device stay; new properties and a new page replace the old.
 */
export function mergedFacts(stored: StoredFacts, own: Facts, { properties }: SurveyResponse): Facts {
  return {
    properties: properties ?? stored.properties,
    channel: stored.channel,
    language: stored.language ?? own.language,
    device: stored.device ?? own.device,
    page: own.page ?? stored.page,
    test: own.test,
  };
}

type WrittenSegments = Pick<
  ResponseWrite,
  "propertySegments" | "builtInSegments" | "learnedSegments" | "topicSegments" | "newcomers"
>;

/** The segments of the write, grouped by which later sends may change them. */
export async function writtenSegments(
  store: Store,
  survey: StoredSurvey,
  {
    response,
    sender,
    facts,
    stored,
  }: { response: SurveyResponse; sender: Sender; facts: Facts; stored: StoredFacts | null },
): Promise<WrittenSegments> {
  const { segments, newcomers } = await fitSegments(store, survey, countedSegments(survey.settings, facts));
  const isLearned = (name: string) =>
    (name === "language" && stored?.language === null) ||
    (name === "device" && stored?.device === null) ||
    (name === "page" && stored !== null && stored.page !== facts.page);
  const those = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(segments).filter(([name]) => wanted(name)));
  return {
    propertySegments: those((name) => !isBuiltInSegment(name)),
    builtInSegments: {
      ...those(isBuiltInSegment),
      ...(!facts.test && sender.flags.length > 0 && { flagged: "true" }),
      ...(!facts.test && response.respondent && !sender.verified && { unverified: "true" }),
    },
    learnedSegments: those((name) => isBuiltInSegment(name) && isLearned(name)),
    topicSegments: facts.test ? {} : topicSegments(survey.settings, response.comment),
    newcomers,
  };
}
