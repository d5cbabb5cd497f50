/**
 * What the address of a survey's script says in place of the attributes of its tag: a tag manager and a script optimiser keep
 * the address where they drop the attributes. All of it is a stranger's text.
 */
import { languageOf } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import { PROPERTY_PREFIX } from "../../shared/links/link-parameters.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { cleanText, isBlank } from "../../shared/text.ts";
import { keptValue } from "../survey-form/link-properties.ts";

export type TagOptions = {
  /** One of the languages that the survey offers. */
  language?: SurveySettings["languages"][number];
  /** The attributes that the tag gets, by their names in `dataset`. */
  attributes: { test?: ""; target?: string };
  /** Empty where the address names none. */
  properties: Readonly<Record<string, string>>;
};

/**
 * `?lang=uk&target=%23box&test=1&p.plan=pro`. `lang` counts where the survey offers that language, `test` unless it is 0 or
 * false. Properties are those of a response: at most 20, each value cut at 200 characters; a mark that a tag manager left
 * unfilled is none. All other parameters are ignored, for caches and optimisers append theirs.
 */
export function tagOptions(query: URLSearchParams, { languages }: Pick<SurveySettings, "languages">): TagOptions {
  const language = languages.find((each) => each === languageOf(query.get("lang")));
  const target = query.get("target") ?? "";
  return {
    ...(language && { language }),
    attributes: {
      ...(!/^(0|false)?$/.test(query.get("test") ?? "0") && { test: "" as const }),
      ...(target !== "" && target.length <= limits.textCharacters && { target }),
    },
    properties: propertiesIn(query),
  };
}

function propertiesIn(query: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [parameter, text] of query) {
    const name = cleanText(parameter.slice(PROPERTY_PREFIX.length));
    const value = keptValue(text);
    const isName =
      parameter.startsWith(PROPERTY_PREFIX) && !isBlank(name) && [...name].length <= limits.propertyNameCharacters;
    if (!isName || name === "__proto__" || value === null || Object.hasOwn(found, name)) continue;
    if (Object.keys(found).length < limits.properties) found[name] = value;
  }
  return found;
}
