/**
 * Under which id a response is stored. A browser's id carries the time of the device, and a device's clock may be off:
 * then every send of the answer, from whichever tab and whenever, has to meet the same row without a row that says so.
 */

import { DAY_MS } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { SurveyResponse } from "../../shared/schema/response.ts";

export type StoredIds = {
  /** The id to store a new response under. */
  id: string;
  /** At most two other ids that an earlier send of the response may have been stored under. */
  others: readonly string[];
  /** False: the id's time cannot be believed and nothing replaces it, so only a response that is there may be changed. */
  mayCreate: boolean;
};

const AHEAD_MS = limits.clockAheadMinutes * 60_000;
/** A widget sends an answer again for as long as this. */
const RESENT_MS = limits.clockBackDays * DAY_MS;
/** 50 days: longer than an answer is sent again, so that the windows of now and before hold all its sends. */
const WINDOW_MS = 2 ** 32;

/** Whether the time in the id is the sender's honest time, as far as the server's clock `now` can tell. */
export function isBelievable(id: string, now: number): boolean {
  const instant = instantOfResponseId(id);
  return instant >= now - limits.clockBackDays * DAY_MS && instant <= now + AHEAD_MS;
}

/**
 * Where a response sent at `now` (the server's clock, ms since 1970) is to be found or made. Only a sender with a secret
 * gets another id than its own, for only it can show at the next send that the response is its own.
 *
 * A clock far behind or far ahead: the id's random bits stay, and its time becomes the beginning of a window of the
 * server's time. A clock ahead by less than an answer is sent again: the id stays whole, for it will look like any other
 * before the last send has come. Ids far ahead are still in that range at their last send, so ids within the
 * believed range never have others.
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
