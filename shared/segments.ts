/** Segments, by which scores are broken down: which properties of a response count, and under which value. */
import { asSeen } from "./text.ts";
import { alwaysKeptSegments } from "./vocabulary.ts";

type PropertyValue = string | number | boolean | null;

/** The sign between the names of a crossed segment and between its values. */
export const CROSS = "×";

/** Stands for all values past the hundredth of a segment. No property can hold it: control characters are replaced. */
export const REST = "\u001f";

/** Segments that the collector knows without being told by the page; kept when the properties change. */
export const builtInSegments = ["channel", "language", "device", "page", ...alwaysKeptSegments] as const;

export function isBuiltInSegment(name: string): boolean {
  return (builtInSegments as readonly string[]).includes(name);
}

/**
 * The value of each declared segment that the response has one for. `null`, absent and empty are no value. A crossed
 * segment has one when all its parts do.
 */
export function segmentsOf(
  declared: readonly string[],
  properties: Readonly<Record<string, PropertyValue>>,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of declared) {
    const parts = partsOf(name).map((part) => textOf(Object.hasOwn(properties, part) ? properties[part] : null));
    if (parts.every(Boolean)) found[name] = crossed(parts);
  }
  return found;
}

/** The properties that a declared segment is made of. */
export function partsOf(segment: string): string[] {
  return segment.split(CROSS);
}

/** Values that a reader cannot tell apart are one value. An allowed value is never cut: it counts as itself. */
function textOf(value: PropertyValue | undefined): string {
  return value === null || value === undefined ? "" : asSeen(String(value));
}

/** The values of a crossed segment's parts as one. */
function crossed(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : parts.map((part) => part.replaceAll(CROSS, "x")).join(CROSS);
}

/** A value of the segment, as somebody typed it, in the form under which it is counted. */
export function countedValue(segment: string, typed: string): string {
  const parts = partsOf(segment).length === 1 ? [typed] : typed.split(CROSS);
  return parts.map(asSeen).join(CROSS);
}

/**
 * Reads `where=plan:pro`. The segment is the longest declared name that fits; a name in JSON quotes is taken to the letter:
 * where `a` and `a:b` are declared, `"a":b:c` is the value `b:c` of `a`. Null for what names no declared segment.
 */
export function readWhere(where: string, declared: readonly string[]): { segment: string; value: string } | null {
  const quoted = /^("(?:[^"\\]|\\.)*"):/.exec(where)?.[1];
  const named = quoted === undefined ? undefined : unquoted(quoted);
  if (quoted !== undefined && named !== undefined && declared.includes(named))
    return { segment: named, value: where.slice(quoted.length + 1) };
  const [segment] = declared.filter((name) => where.startsWith(`${name}:`)).sort((a, b) => b.length - a.length);
  return segment === undefined ? null : { segment, value: where.slice(segment.length + 1) };
}

/** What `readWhere` reads as this segment and value, whatever else is declared. */
export function writeWhere(segment: string, value: string): string {
  const isPlain = !value.includes(":") && !segment.startsWith('"');
  return `${isPlain ? segment : JSON.stringify(segment)}:${value}`;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A topic is counted like a segment, so that its figures cost the same. No declared segment can begin with a cross. */
export function segmentOfTopic(topic: string): string {
  return CROSS + topic;
}

/** The topics among the segments that a response is counted under. */
export function topicsAmong(segments: Readonly<Record<string, string>>): string[] {
  return Object.keys(segments)
    .filter((name) => name.startsWith(CROSS))
    .map((name) => name.slice(CROSS.length));
}
