/**
 * How many responses of one day a survey takes. The exact question costs a row with every send, so it is asked only where
 * the day is nearly full; elsewhere an isolate looks at the day's total now and then. What that lets through past the
 * limit: a response per isolate that wakes up, and at most what one location may send while nobody looks.
 */
import type { StoredSurvey } from "../db/surveys.ts";
import { isolateCache } from "../isolate-cache.ts";

/** Below the limit by more than SURVEY_LIMIT lets through in LOOK_MS. */
const NEAR = 500;
const LOOK_MS = 10_000;

/** What this isolate saw of a day of a survey, and until when it relies on it. */
const seen = isolateCache<{ nearlyFull: boolean; until: number }>(1000);

/** The most that the day may have counted; null: any number. Flagged ones fill half a day: they shut nobody else out. */
export function dailyLimit({ settings }: StoredSurvey, sender: { trusted?: boolean; flags: readonly string[] }) {
  if (settings.daily_limit === null || sender.trusted) return null;
  return sender.flags.length > 0 ? Math.ceil(settings.daily_limit / 2) : settings.daily_limit;
}

/** One day of a survey, and the most that it may have counted. */
export type LimitedDay = { survey: string; day: string; limit: number | null };

/** What a write is asked to do about the limit. `limit`: it must not pass this. `look`: it tells the day's total. */
export function limitOfWrite(limited: LimitedDay, now: number): { limit: number | null; look: boolean } {
  if (limited.limit === null) return { limit: null, look: false };
  const known = seen.get(keyOf(limited));
  if (known?.nearlyFull) return { limit: limited.limit, look: false };
  return { limit: null, look: !known || known.until <= now };
}

/** Remembers the total that a write told of its day; null: it told none. */
export function rememberTotal(limited: LimitedDay, total: number | null, now: number): void {
  if (limited.limit === null || total === null) return;
  seen.set(keyOf(limited), { nearlyFull: total > limited.limit - NEAR, until: now + LOOK_MS });
}

function keyOf({ survey, day, limit }: LimitedDay): string {
  return `${survey} ${day} ${limit}`;
}
