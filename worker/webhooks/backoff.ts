/** When a message that could not be delivered is tried again. */
import { limits } from "../../shared/limits.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MOST_MS = 24 * HOUR;

/** After the first attempt, the second, and so on: in all about three days, so that a receiver may be down over a weekend. */
const DELAYS_MS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, MOST_MS, MOST_MS];

// One delay between each two attempts: with another limit this does not compile.
(DELAYS_MS.length + 1) as 10 satisfies typeof limits.webhookAttempts;

/**
 * How long to wait (ms) after this many attempts; null if no more are made. `luck` from 0 to 1 spreads the attempts by a tenth, so
 * that a receiver that comes back is not asked for everything at once. The receiver may ask for a longer wait, up to a day.
 */
export function waitAfter(attempts: number, luck: number, askedMs: number | null): number | null {
  const delay = DELAYS_MS[attempts - 1];
  if (attempts >= limits.webhookAttempts || delay === undefined) return null;
  return Math.min(MOST_MS, Math.max(Math.round(delay * (1 + luck / 10)), askedMs ?? 0));
}
