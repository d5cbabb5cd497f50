/**
 * Dates as other programs write them, turned into the texts that an import takes: a day, a local time, or an instant with its
 * offset. Whether a time lies in the future or in a range that was purged is for the collector to judge.
 */
import { asSeen } from "../text.ts";
import { isDay } from "../time/calendar.ts";
import { monthOf } from "./months.ts";
import { quoted } from "./quoted.ts";

/** Which of the first two numbers of 03/04/2025 is the day. */
export type DateOrder = "day_first" | "month_first";

type Day = { day: string; rest: string };

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/;
const MONTH_NAMED =
  /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?(\p{L}{3,})\.?,?(?: (\d{1,2})(?:st|nd|rd|th)?,?)?[ -](\d{4})(?!\d)(?: ?[рг](?:\.|оку|ода)?(?!\p{L}))?/iu;
const WEEKDAY = /^\p{L}{2,12}\.?(?:, (?=[\d\p{L}])| (?=\p{L}{3}))/u;

const CLOCK =
  /^(?:T|,? (?:(?:at|о|об|в|у) )?)(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)? ?(?:([ap])\.?m\.?|([дп])\.?п\.?)?(?: ?\(?(Z|(?:UTC|GMT)?(?:([+-])(\d{1,2}):?(\d\d)?)?)\)?)?(?: UTC| \([\p{L} ]+\))?$/iu;

/** The first and the last day (of 2000 and of 2099) that a spreadsheet's number of days since 1899-12-30 is taken for. */
const SERIAL_DAYS = [36_526, 73_050] as const;
const SERIAL_START = Date.UTC(1899, 11, 30);

/**
 * Reads a date or a time. `order` says how 03/04/2025 is meant; where it is null or "ask", such a date is refused and
 * 25/04/2025 is read. `isUtc`: a time without an offset is of UTC. Numbers are Unix seconds (ten digits) or milliseconds
 * (thirteen), or a spreadsheet's days of this century (five).
 */
export function readMoment(
  text: string,
  order: DateOrder | "ask" | null,
  isUtc = false,
): { moment: string } | { fault: string } {
  const seen = asSeen(text).replace(WEEKDAY, "");
  const number = /^\d+(?:[.,]\d+)?$/.test(seen) ? momentOfNumber(Number(seen.replace(",", ".")), seen) : null;
  if (number) return { moment: number };
  if (isAmbiguous(seen) && order !== "day_first" && order !== "month_first")
    return { fault: `is ${quoted(text)}: say whether the day or the month comes first` };
  const found = dayOf(seen, order);
  const clock = found && clockOf(found.rest, isUtc);
  return found && clock !== null ? { moment: found.day + clock } : { fault: `is ${quoted(text)}, which is no date` };
}

/**
 * The order in which the dates of a file are written: what those tell whose day is past the 12th. "ask" where only such dates
 * are there that can be read either way, or where they contradict each other; null where none depends on it.
 */
export function dateOrderOf(texts: Iterable<string>): DateOrder | "ask" | null {
  const told = new Set<DateOrder | "ask">();
  for (const text of texts) {
    const [, first = "", sign, second = ""] = YEAR_LAST.exec(asSeen(text).replace(WEEKDAY, "")) ?? [];
    if (sign === undefined || sign === ".") continue;
    if (Number(first) > 12) told.add("day_first");
    else if (Number(second) > 12) told.add("month_first");
    else if (first !== second) told.add("ask");
  }
  if (told.has("day_first") !== told.has("month_first")) return told.has("day_first") ? "day_first" : "month_first";
  return told.size > 0 ? "ask" : null;
}

/** Whether the day and the month can be taken for each other. With dots the day comes first in every language. */
function isAmbiguous(text: string): boolean {
  const [, first, sign, second] = YEAR_LAST.exec(text) ?? [];
  return sign !== undefined && sign !== "." && Number(first) <= 12 && Number(second) <= 12 && first !== second;
}

function momentOfNumber(value: number, written: string): string | null {
  const digits = written.search(/[.,]|$/);
  if (digits === 10) return new Date(value * 1000).toISOString();
  if (digits === 13) return new Date(value).toISOString();
  const [first, last] = SERIAL_DAYS;
  if (digits !== 5 || value < first || value >= last + 1) return null;
  const seconds = Math.round(value * 86_400);
  const local = new Date(SERIAL_START + seconds * 1000).toISOString();
  return Number.isInteger(value) ? local.slice(0, 10) : local.slice(0, 19);
}

function dayOf(text: string, order: DateOrder | "ask" | null): Day | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return dated(text, yearFirst[0], yearFirst[1], yearFirst[3], yearFirst[4]);
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [all, first, sign, second, year = ""] = yearLast;
    const isDayFirst = sign === "." || order === "day_first" || (order !== "month_first" && Number(second) <= 12);
    const [day, month] = isDayFirst ? [first, second] : [second, first];
    return dated(text, all, year.length === 2 ? `20${year}` : year, month, day);
  }
  const named = MONTH_NAMED.exec(text);
  if (!named) return null;
  const [all, before, name = "", after, year] = named;
  if ((before === undefined) === (after === undefined)) return null;
  return dated(text, all, year, monthOf(name), before ?? after);
}

function dated(text: string, all: string, year = "", month = "", day = ""): Day | null {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(written) ? { day: written, rest: text.slice(all.length) } : null;
}

/** The time of day as `T14:05` with seconds and offset as far as they are given, "" for none; null for what is no time. */
function clockOf(rest: string, isUtc: boolean): string | null {
  if (rest === "") return "";
  const match = CLOCK.exec(rest);
  if (!match) return null;
  const [, hour = "", minute, second, fraction, latin, cyrillic, zone, sign, offsetHour = "", offsetMinute = "00"] =
    match;
  const half = (latin ?? { д: "a", п: "p" }[cyrillic?.toLowerCase() ?? ""])?.toLowerCase();
  const hours = half === undefined ? Number(hour) : Number(hour) > 12 || hour === "0" ? 24 : hourOf(Number(hour), half);
  if (hours > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const time = `T${String(hours).padStart(2, "0")}:${minute}${second ? `:${second}` : ""}${fraction ? `.${fraction}` : ""}`;
  if (sign) return `${time}${sign}${offsetHour.padStart(2, "0")}:${offsetMinute}`;
  return zone || isUtc ? `${time}Z` : time;
}

function hourOf(hour: number, half: string): number {
  return (hour % 12) + (half === "p" ? 12 : 0);
}
