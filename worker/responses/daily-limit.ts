/**
 * How many responses of one day a survey accepts. An exact check costs a row with every send, so it is made only when the day
 * is nearly full; until then an isolate reads the day's total from time to time. Beyond the limit this can accept one response
 * for each new isolate, and at most what one location may send between two readings.
 */
import type { StoredSurvey } from "../db/surveys.ts";
import { isolateCache } from "../isolate-cache.ts";

/** How near to the limit a day is nearly full: more responses than SURVEY_LIMIT allows in LOOK_MS. */
const NEAR = 500;
const LOOK_MS = 10_000;

/** What this isolate last read of a day of a survey, and until when it relies on that. */
const seen = isolateCache<{ nearlyFull: boolean; until: number }>(1000);

/**
 * How many responses the day may have; null for any number. Flagged ones may use half of it, so that they keep nobody else out.
 */
export function dailyLimit({ settings }: StoredSurvey, sender: { trusted?: boolean; flags: readonly string[] }) {
  if (settings.daily_limit === null || sender.trusted) return null;
  return sender.flags.length > 0 ? Math.ceil(settings.daily_limit / 2) : settings.daily_limit;
}

/** One day of a survey, and the most that it may have counted. */
export type LimitedDay = { survey: string; day: string; limit: number | null };

/** What the write has to do about the limit. `limit`: it stores nothing beyond this. `look`: it returns the day's total. */
export function limitOfWrite(limited: LimitedDay, now: number): { limit: number | null; look: boolean } {
  if (limited.limit === null) return { limit: null, look: false };
  const known = seen.get(keyOf(limited));
  if (known?.nearlyFull) return { limit: limited.limit, look: false };
  return { limit: null, look: !known || known.until <= now };
}

/** Remembers the total that a write returned for its day; null if it returned none. */
export function rememberTotal(limited: LimitedDay, total: number | null, now: number): void {
  if (limited.limit === null || total === null) return;
  seen.set(keyOf(limited), { nearlyFull: total > limited.limit - NEAR, until: now + LOOK_MS });
}

function keyOf({ survey, day, limit }: LimitedDay): string {
  return `${survey} ${day} ${limit}`;
}
