/** Numbers, days, instants, languages and plurals as the reader's language writes them. */
import type { PluralForms } from "../strings/plural-forms.ts";
import { currentLanguage } from "./current-language.ts";

/** With a minus sign, where the platform would put a hyphen in some languages. */
export function formatNumber(value: number, decimals = 0): string {
  const format = madeOnce(
    `number ${currentLanguage.value} ${decimals}`,
    () =>
      new Intl.NumberFormat(currentLanguage.value, {
        maximumFractionDigits: decimals,
        minimumFractionDigits: decimals,
      }),
  );
  return format.format(Object.is(value, -0) ? 0 : value).replace("-", "−");
}

/** A difference: with its sign, whether it is above or below zero. */
export function formatSigned(value: number, decimals = 0): string {
  return (value > 0 ? "+" : "") + formatNumber(value, decimals);
}

/** A size, in millions of bytes: with one decimal below ten of them. */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  const decimals = megabytes < 10 ? 1 : 0;
  const format = madeOnce(
    `bytes ${currentLanguage.value} ${decimals}`,
    () =>
      new Intl.NumberFormat(currentLanguage.value, {
        style: "unit",
        unit: "megabyte",
        maximumFractionDigits: decimals,
      }),
  );
  return format.format(megabytes);
}

/** `day`: `YYYY-MM-DD`. The short style leaves out the year where it is the current one. */
export function formatDay(day: string, style: "short" | "long" = "short"): string {
  const hasYear = style === "long" || day.slice(0, 4) !== String(new Date().getFullYear());
  const format = madeOnce(
    `day ${currentLanguage.value} ${style} ${hasYear}`,
    () =>
      new Intl.DateTimeFormat(currentLanguage.value, {
        day: "numeric",
        month: style,
        ...(hasYear && { year: "numeric" }),
        timeZone: "UTC",
      }),
  );
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** `instant`: ISO 8601. The reader sees day and time in the time zone of their device. */
export function formatInstant(instant: string): string {
  const format = madeOnce(
    `instant ${currentLanguage.value}`,
    () => new Intl.DateTimeFormat(currentLanguage.value, { dateStyle: "medium", timeStyle: "short" }),
  );
  return format.format(new Date(instant));
}

/** The name of the language that `tag` stands for; `tag` itself where it stands for none, since strangers send any text. */
export function languageName(tag: string): string {
  const names = madeOnce(
    `language ${currentLanguage.value}`,
    () => new Intl.DisplayNames(currentLanguage.value, { type: "language" }),
  );
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A time in whole hours: as hours up to two days, and as days from there on, the last of them begun. */
export function formatHours(hours: number): string {
  const unit = hours <= 48 ? "hour" : "day";
  const format = madeOnce(
    `${unit} ${currentLanguage.value}`,
    () => new Intl.NumberFormat(currentLanguage.value, { style: "unit", unit, unitDisplay: "short" }),
  );
  return format.format(unit === "hour" ? hours : Math.ceil(hours / 24));
}

/** Things of which any one may be meant, as “a, b or c”. */
export function formatChoices(things: readonly string[]): string {
  const format = madeOnce(
    `choices ${currentLanguage.value}`,
    () => new Intl.ListFormat(currentLanguage.value, { type: "disjunction" }),
  );
  return format.format(things);
}

/** Which plural form goes with `n` of something. */
export function pluralForm(n: number): keyof PluralForms {
  const rules = madeOnce(`plural ${currentLanguage.value}`, () => new Intl.PluralRules(currentLanguage.value));
  return rules.select(Math.abs(n)) as keyof PluralForms;
}

const formats = new Map<string, unknown>();

/** A format is slow to make and quick to use, so each is made once and kept under its name. */
function madeOnce<Format>(name: string, make: () => Format): Format {
  if (!formats.has(name)) formats.set(name, make());
  return formats.get(name) as Format;
}
