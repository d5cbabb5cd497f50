/**
 * Calendar days, weeks and months. A day is a text `YYYY-MM-DD`, and such texts sort as days do. `dayInZone` finds the day of an
 * instant by the survey's IANA time zone; all other functions calculate with days, without hours or zones.
 */

import type { BucketSize } from "../vocabulary.ts";

export type Day = string;

/** Milliseconds of a day of 24 hours. */
export const DAY_MS = 86_400_000;

const QUARTER_HOUR_MS = 900_000;
const clocks = new Map<string, { format: Intl.DateTimeFormat; quarter: number; day: Day }>();

/** The calendar day on which the instant (ms since 1970) falls in the zone. Throws RangeError for an unknown zone. */
export function dayInZone(instant: number, timezone: string): Day {
  const clock = clocks.get(timezone) ?? newClock(timezone);
  // Since 1972 every zone is a whole number of quarter-hours from UTC, so a day never changes within one.
  const quarter = Math.floor(instant / QUARTER_HOUR_MS);
  if (clock.quarter === quarter) return clock.day;
  const parts = clock.format.formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  clock.quarter = quarter;
  clock.day = `${part("year")}-${part("month")}-${part("day")}`;
  return clock.day;
}

/** Whether both names are of one zone, as `Europe/Kiev` and `Europe/Kyiv` are. Throws RangeError for an unknown zone. */
export function isSameZone(a: string, b: string): boolean {
  return a === b || canonicalZone(a) === canonicalZone(b);
}

function canonicalZone(timezone: string): string {
  return (clocks.get(timezone) ?? newClock(timezone)).format.resolvedOptions().timeZone;
}

function newClock(timezone: string) {
  // The locale "en-CA" prints this form too, but no standard says that it always will, so the parts are taken.
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const clock = { format, quarter: Number.NaN, day: "" };
  clocks.set(timezone, clock);
  return clock;
}

const wallClocks = new Map<string, Intl.DateTimeFormat>();

/** The local time of the instant in the zone, as `2026-11-24 18:05:09`, which spreadsheets of any language read. */
export function instantInZone(instant: number, timezone: string): string {
  const clock = wallClocks.get(timezone) ?? newWallClock(timezone);
  const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

function newWallClock(timezone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  wallClocks.set(timezone, clock);
  return clock;
}

/** A time without offset: a real day, and a time of day that is left out at noon. */
const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?)?$/;
const OFFSET = /(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i;

/**
 * The instant (ms since 1970) that `text` names: RFC 3339 in outline, with a blank in place of the `T` and without seconds too.
 * A time without offset is by the clocks of the zone; one that the clocks skip or show twice in a night of change is taken by
 * the offset before the change. A day alone is its noon in the zone. Null for any other text.
 */
export function instantOf(text: string, timezone: string): number | null {
  const offset = OFFSET.exec(text)?.[1];
  const match = LOCAL.exec(offset === undefined ? text : text.slice(0, -offset.length));
  const [, day = "", clock = "12:00", seconds = "00", fraction = ""] = match ?? [];
  if (!match || !isDay(day) || (offset !== undefined && match[2] === undefined)) return null;
  const asUtc = Date.parse(`${day}T${clock}:${seconds}${fraction.slice(0, 4)}Z`);
  if (offset !== undefined) return asUtc - offsetMs(offset);
  // The zone's offset is that of a moment within a day of the one meant; asked again from there, it is that of the moment.
  const first = asUtc - zoneOffset(asUtc - DAY_MS, timezone);
  return asUtc - zoneOffset(first, timezone);
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** How far the clocks of the zone are ahead of UTC at the instant, in ms. */
function zoneOffset(instant: number, timezone: string): number {
  const second = Math.floor(instant / 1000) * 1000;
  return Date.parse(`${instantInZone(second, timezone).replace(" ", "T")}Z`) - second;
}

/** Whether `text` is a real calendar day: "2026-02-29" is not. Years 1970 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "1970") return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === text;
}

/** The day `days` later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`: 0 when they are the same. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

/** The same day of another year; 29 February becomes the 28th. */
export function addYears(day: Day, years: number): Day {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, "0")}${day.slice(4)}`;
  return isDay(moved) ? moved : `${moved.slice(0, 8)}28`;
}

/** First day of the bucket that holds `day`. Weeks are ISO weeks (Monday first). */
export function bucketStart(day: Day, size: BucketSize): Day {
  if (size === "day") return day;
  if (size === "week") return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  if (size === "year") return `${day.slice(0, 4)}-01-01`;
  if (size === "month") return `${day.slice(0, 7)}-01`;
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, "0")}-01`;
}

/** Last day of the bucket that begins on `start`. */
export function bucketEnd(start: Day, size: BucketSize): Day {
  if (size === "day") return start;
  if (size === "week") return addDays(start, 6);
  const months = size === "month" ? 1 : size === "quarter" ? 3 : 12;
  const next = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + months;
  return addDays(`${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, "0")}-01`, -1);
}

/** All buckets that touch `from`…`to` (both inclusive), in order, the first and last clipped to the range. */
export function buckets(from: Day, to: Day, size: BucketSize): { start: Day; end: Day }[] {
  const found: { start: Day; end: Day }[] = [];
  for (let start = bucketStart(from, size); start <= to; ) {
    const end = bucketEnd(start, size);
    found.push({ start: start < from ? from : start, end: end > to ? to : end });
    start = addDays(end, 1);
  }
  return found;
}
