/** What can be saved and is surely not meant, by the pointer of the field that it is said beside. */
import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { formatChoices } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { canMatch } from "./url-patterns.ts";

/** The words in braces that the survey puts something in for. */
const KNOWN_WORDS: readonly string[] = ["{brand}"];

/** `now`: ms since 1970. */
export function warningsOf(settings: SurveySettings, now: number): ReadonlyMap<string, string> {
  const { sample, ends_at, targeting, trigger, throttle, texts } = settings;
  const said = new Map<string, string>();
  if (ends_at !== null && Date.parse(ends_at) <= now) said.set("/ends_at", t("warn_ended"));
  // What was emptied is not 0: it is refused when it is saved, and said before.
  const numbers = { "/sample": sample, ...numbersOf("/throttle", throttle), ...numbersOf("/trigger", trigger) };
  const days = { "/targeting/first_visit_delay_days": targeting.first_visit_delay_days };
  for (const [pointer, value] of Object.entries({ ...numbers, ...days }))
    if (value === null) said.set(pointer, t("warn_emptied"));
  if (sample === 0) said.set("/sample", t("warn_sample_none"));
  if (trigger.type === "click" && trigger.selector !== "" && !isSelector(trigger.selector))
    said.set("/trigger/selector", t("warn_selector"));
  for (const list of ["include", "exclude"] as const) {
    const wrong = targeting[list].filter((each) => !canMatch(each));
    if (wrong.length > 0) said.set(`/targeting/${list}`, t("warn_pattern", { pattern: formatChoices(wrong) }));
  }
  for (const [language, own] of Object.entries(texts))
    for (const [key, text] of Object.entries(own)) {
      const word = text.match(/\{[^{}\s]*\}/g)?.find((each) => !KNOWN_WORDS.includes(each));
      if (word) said.set(`/texts/${language}/${key}`, t("warn_word", { word, known: KNOWN_WORDS.join(", ") }));
    }
  return said;
}

function numbersOf(group: string, values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${group}/${name}`, value]));
}

function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}
