/** What a survey's script tells the widget of the questions that the widget does not know by itself. */
import { isByDefault, scoreNames, styleOf } from "./questions.ts";
import type { SurveySettings, WidgetConfig } from "./schema/survey.ts";
import { builtInText } from "./strings/built-in.ts";
import { scoreTextKeys } from "./strings/keys.ts";
import type { WidgetScales } from "./widget-questions.ts";
import { scalesOf, thresholdsOf } from "./widget-questions.ts";

/**
 * How the asked questions are drawn and worded that a survey does not ask by default, in every language that it offers: only
 * the pages of a survey that asks such a question pay for it. Empty where there is none. `texts` has the owner's own too.
 */
export function configOfQuestions(settings: SurveySettings): WidgetScales & Pick<WidgetConfig, "texts" | "thresholds"> {
  const names = scoreNames.filter((name) => settings.questions.includes(name) && !isByDefault(name));
  if (names.length === 0) return {};
  const styles = names.map((name) => [`${name}_style`, styleOf(name, settings)]);
  const keys = names.flatMap(scoreTextKeys);
  const texts = settings.languages.map((language) => {
    const builtIn = keys.map((key) => [key, builtInText(language, key, settings.brand)]);
    return [language, { ...Object.fromEntries(builtIn), ...settings.texts[language] }];
  });
  return {
    ...scalesOf(names),
    ...Object.fromEntries(styles),
    thresholds: thresholdsOf(names),
    texts: Object.fromEntries(texts),
  };
}
