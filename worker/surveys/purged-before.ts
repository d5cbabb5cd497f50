import { DAY_MS } from "../../shared/time/calendar.ts";
import type { StoredSurvey } from "../db/surveys.ts";

/**
 * Responses given before this instant (ms) were deleted by retention, or would be by its next run, and still count. A response
 * from before would count twice, so none is taken in.
 */
export function purgedBefore({ purgedBefore, settings }: StoredSurvey, now: number): number {
  const { retention_days: days } = settings;
  return Math.max(purgedBefore, days === null ? 0 : now - days * DAY_MS);
}

/** Why a response from before that instant is refused. */
export function purgedWords(instant: number): string {
  return `lies before ${new Date(instant).toISOString()}: responses of that time were deleted by retention and still count`;
}
