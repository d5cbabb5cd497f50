/** What the fields with choices offer; anything else may be typed. */
import { builtInSegments } from "../../../shared/segments.ts";
import { alwaysKeptSegments } from "../../../shared/vocabulary.ts";
import { languageName } from "../../i18n/format.ts";

/** Segments that the collector fills by itself. */
export const ownSegments: readonly string[] = builtInSegments.filter(
  (name) => !alwaysKeptSegments.some((each) => each === name),
);

/** Every time zone that the browser knows, and UTC. */
export function timeZones(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((each) => each !== "UTC")];
}

/** ISO 639 codes of the languages that most visitors of most sites read. */
const READ_BY_MANY =
  "ar az be bg bn ca cs da de el en es et fa fi fr ga he hi hr hu hy id is it ja ka kk ko lt lv mk ms nb nl pl pt ro ru sk sl sq sr sv th tr uk ur uz vi zh";

/** Languages of visitors by their names, in the order of the reader's language. */
export function readerLanguages(): (readonly [tag: string, name: string])[] {
  return READ_BY_MANY.split(" ")
    .map((tag) => [tag, languageName(tag)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b));
}
