/** When a mail is tried again, and a sender that was not reached. */
import { limits } from "../../shared/limits.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After the first attempt, the second, and so on; then the last of them each time. Servers that greylist ask for minutes. */
const DELAYS_MS = [2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];

/**
 * When (ms) a mail is tried again that was wanted at `wantedAt` and has been tried so many times; null if it is given up. `luck`
 * from 0 to 1 spreads the attempts by a tenth.
 */
export function nextAttempt(wantedAt: number, attempts: number, luck: number, now: number): number | null {
  const delay = DELAYS_MS[Math.min(attempts, DELAYS_MS.length) - 1]!;
  const next = now + Math.round(delay * (1 + luck / 10));
  return next - wantedAt > limits.mailTryDays * DAY_MS ? null : next;
}

const MOST_BLOCKED_MS = 15 * MINUTE;

/** For how long (ms) nothing is sent after so many runs in a row that did not reach the sender. */
export function blockedFor(failures: number): number {
  return Math.min(MOST_BLOCKED_MS, MINUTE * 2 ** Math.min(failures - 1, 10));
}
