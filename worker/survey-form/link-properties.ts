/**
 * The properties that an address of ours carries, such as the branch in which a poster hangs. Whoever types the address types
 * them: they are a stranger's text, and the channel `link` says so wherever they are counted.
 */

import { limits } from "../../shared/limits.ts";
import { isOwnParameter, linkedNames, PROPERTY_PREFIX } from "../../shared/links/link-parameters.ts";
import { isMergeTag } from "../../shared/links/merge-tag.ts";
import type { Properties } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { cleanText, firstCharacters, isBlank } from "../../shared/text.ts";
import { pointerTo } from "../http/body.ts";
import { Problem } from "../problem.ts";

export type LinkProperties = Readonly<Record<string, string>>;

/**
 * The properties in an address, as `department=Lviv` or `p.department=Lviv`: those that the survey declares as segments, or
 * that are part of a crossed one. All else in the address is ignored.
 */
export function propertiesInLink(query: URLSearchParams, settings: Pick<SurveySettings, "segments">): LinkProperties {
  const read = (name: string) => query.get(PROPERTY_PREFIX + name) ?? (isOwnParameter(name) ? null : query.get(name));
  return declaredProperties(settings, read);
}

/** The same as a page's form brings them back. */
export function propertiesInForm(fields: URLSearchParams, settings: Pick<SurveySettings, "segments">): LinkProperties {
  return declaredProperties(settings, (name) => fields.get(PROPERTY_PREFIX + name));
}

/** The hidden fields by which a form brings the properties back. */
export function formFieldsOf(properties: LinkProperties): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [PROPERTY_PREFIX + name, value]));
}

/**
 * The properties that an owner wants in the links of a mail: values, or marks that the mailer fills in. Throws
 * `unknown_field` for what is no property of a declared segment: the links would go out to be ignored.
 */
export function propertiesForMail(
  parameters: Readonly<Record<string, string>>,
  settings: Pick<SurveySettings, "segments">,
): LinkProperties {
  const names = linkedNames(settings.segments);
  const plain = (parameter: string) =>
    parameter.startsWith(PROPERTY_PREFIX) ? parameter.slice(PROPERTY_PREFIX.length) : parameter;
  const nameOf = (parameter: string) => names.find((name) => name === parameter) ?? plain(parameter);
  const unknown = Object.keys(parameters).filter((parameter) => !names.includes(nameOf(parameter)));
  if (unknown.length > 0) {
    const detail = "is neither a known parameter nor a property that the survey declares as a segment";
    const errors = unknown.map((parameter) => ({ pointer: pointerTo([parameter]), detail }));
    throw new Problem("unknown_field", { errors });
  }
  return Object.fromEntries(Object.entries(parameters).map(([parameter, value]) => [nameOf(parameter), value]));
}

/** What was minted with an invitation, and behind it what its address adds: at most as many as a response may have. */
export function withLinked(minted: Readonly<Properties>, linked: LinkProperties): Properties {
  return Object.fromEntries(Object.entries({ ...minted, ...linked, ...minted }).slice(0, limits.properties));
}

function declaredProperties(
  settings: Pick<SurveySettings, "segments">,
  read: (name: string) => string | null,
): LinkProperties {
  const found = linkedNames(settings.segments).flatMap((name) => {
    const value = keptValue(read(name) ?? "");
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found.slice(0, limits.properties));
}

/** Null for what tells nothing: blanks, a mark that a mailer left unfilled, what was lost on the way. Too long is cut. */
export function keptValue(text: string): string | null {
  const value = firstCharacters(cleanText(text).trim(), limits.propertyValueCharacters).trim();
  return isBlank(value) || isMergeTag(value) || value.includes("\ufffd") ? null : value;
}
