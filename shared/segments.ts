/** By what scores are broken down: which of a response's properties count, and under which value. */
import { limits } from "./limits.ts";

type PropertyValue = string | number | boolean | null;

/** Between the names of a crossed segment, and between its values. */
export const CROSS = "×";

/** Stands for all values past the hundredth of a segment. No property can hold it: control characters are replaced. */
export const REST = "\u001f";

/** Segments that the collector knows without being told by the page; kept when the properties change. */
export const builtInSegments = ["channel", "language", "device", "flagged", "unverified"] as const;

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
    if (parts.every(Boolean))
      found[name] = parts.length === 1 ? parts[0]! : parts.map((part) => part.replaceAll(CROSS, "x")).join(CROSS);
  }
  return found;
}

/** The properties that a declared segment is made of. */
export function partsOf(segment: string): string[] {
  return segment.split(CROSS);
}

function textOf(value: PropertyValue | undefined): string {
  return value === null || value === undefined ? "" : String(value).trim().slice(0, limits.segmentValueCharacters);
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
