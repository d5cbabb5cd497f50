/** The parameters by which a link to a survey's page says properties, such as the branch in which a poster hangs. Pure. */
import { limits } from "../limits.ts";
import { scoreNames } from "../questions.ts";
import { isBuiltInSegment, partsOf } from "../segments.ts";
import { isMergeTag } from "./merge-tag.ts";

/** Parameters that mean something else in an address of ours; a property of such a name is written with the prefix. */
const OWN: ReadonlySet<string> = new Set(["lang", "r", "comment", "link", "language", "kiosk", ...scoreNames]);

/** Tells a property from what the address or a form has for itself. */
export const PROPERTY_PREFIX = "p.";

/** Whether the parameter of this name means something else than a property. */
export function isOwnParameter(name: string): boolean {
  return OWN.has(name);
}

/** The names of the properties that a link of the survey may carry: what the collector finds out by itself is none. */
export function linkedNames(segments: readonly string[]): string[] {
  const names = segments.flatMap(partsOf).filter((name) => !isBuiltInSegment(name));
  return [...new Set(names)].filter((name) => [...name].length <= limits.propertyNameCharacters);
}

/**
 * The properties as the parameters of an address, each behind an `&`, which the collector reads back as they are. A mailer's
 * mark stays as the mailer writes it, for the mailer has to find it.
 */
export function linkParametersOf(properties: Readonly<Record<string, string>>): string {
  const parameters = Object.entries(properties).map(([name, value]) => {
    const written = encodeURIComponent(OWN.has(name) ? PROPERTY_PREFIX + name : name);
    return `&${written}=${isMergeTag(value) ? value : encodeURIComponent(value)}`;
  });
  return parameters.join("");
}
