/**
 * The id under which a response is stored. A browser's id carries the time of the device, and the device's clock may be wrong.
 * Then every send of the answer, from any tab and at any time, has to find the same row without a table that maps ids.
 */

import { limits } from "../../shared/limits.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { SurveyResponse } from "../../shared/schema/response.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";

export type StoredIds = {
  /** The id to store a new response under. */
  id: string;
  /** At most two other ids that an earlier send of the response may have been stored under. */
  others: readonly string[];
  /** False: the time in the id is wrong and nothing replaces it, so a stored response may be changed and none is made. */
  mayCreate: boolean;
};

const AHEAD_MS = limits.clockAheadMinutes * 60_000;
/** How long a widget goes on sending an answer. */
const RESENT_MS = limits.clockBackDays * DAY_MS;
/** 50 days: longer than RESENT_MS, so that all sends of an answer are in the current window or the one before. */
const WINDOW_MS = 2 ** 32;

/** Whether the time in the id is the sender's honest time, as far as the server's clock `now` can tell. */
export function isBelievable(id: string, now: number): boolean {
  const instant = instantOfResponseId(id);
  return instant >= now - limits.clockBackDays * DAY_MS && instant <= now + AHEAD_MS;
}

/**
 * The ids of a response sent at `now` (the server's clock, ms since 1970). Only a sender with a secret may get another id than
 * its own, because only such a sender can prove at the next send that the response is its own.
 *
 * If the clock is far behind or far ahead, the id keeps its random bits, and the beginning of a window of the server's time
 * replaces its time. If the clock is ahead by less than RESENT_MS, the id stays as it is, because its time will be believable
 * before the last send. An id that was far ahead is not believable at its last send either, so a believable id never has
 * others.
 */
export function storedIds({ id, secret }: Pick<SurveyResponse, "id" | "secret">, now: number): StoredIds {
  if (isBelievable(id, now)) return { id, others: [], mayCreate: true };
  if (secret === undefined) return { id, others: [], mayCreate: false };
  const current = inWindow(id, now);
  const before = inWindow(id, now - WINDOW_MS);
  const ahead = instantOfResponseId(id) - now;
  return ahead > 0 && ahead <= RESENT_MS + AHEAD_MS
    ? { id, others: [current, before], mayCreate: true }
    : { id: current, others: [id, before], mayCreate: true };
}

/** The id with its random bits, and with the beginning of the window around `instant` for its time. */
function inWindow(id: string, instant: number): string {
  const window = Math.floor(instant / WINDOW_MS)
    .toString(16)
    .padStart(4, "0");
  return `${window}0000-0000${id.slice(13)}`;
}
