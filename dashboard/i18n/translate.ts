/** All words of the page, in the reader's language. */
import { signal } from "@preact/signals";
import { remember } from "../device/local-storage.ts";
import type { Strings } from "../strings/en.ts";
import type { Tongue } from "./languages.ts";
import { wordsOf } from "./languages.ts";

/** Plural forms by the language's own rules; `other` is for those it does not tell apart. */
export type Forms = { one: string; few?: string; many?: string; other: string };
export type StringKey = keyof Strings;

export const tongue = signal<Tongue>("en");
const strings = signal<Strings | null>(null);

export async function speak(next: Tongue): Promise<void> {
  strings.value = await wordsOf(next);
  tongue.value = next;
  document.documentElement.lang = next;
}

export function chooseTongue(next: Tongue): Promise<void> {
  remember("language", next);
  return speak(next);
}

/** The text, with each `{name}` replaced; `n` chooses among plural forms. */
export function t(key: StringKey, values: Record<string, string | number> = {}): string {
  const text: string | Forms = strings.value?.[key] ?? key;
  const form = typeof text === "string" ? text : (text[pluralOf(Number(values.n))] ?? text.other);
  return form.replaceAll(/\{(\w+)\}/g, (found, name) => {
    const value = values[name];
    return typeof value === "number" ? formatNumber(value) : (value ?? found);
  });
}

function pluralOf(n: number): keyof Forms {
  return made(`plural ${tongue.value}`, () => new Intl.PluralRules(tongue.value)).select(Math.abs(n)) as keyof Forms;
}

/** A minus is a minus and not a hyphen. */
export function formatNumber(value: number, decimals = 0): string {
  const format = made(
    `number ${tongue.value} ${decimals}`,
    () => new Intl.NumberFormat(tongue.value, { maximumFractionDigits: decimals, minimumFractionDigits: decimals }),
  );
  return format.format(Object.is(value, -0) ? 0 : value).replace("-", "−");
}

/** With its sign, for differences. */
export function formatSigned(value: number, decimals = 0): string {
  return (value > 0 ? "+" : "") + formatNumber(value, decimals);
}

/** A day as `YYYY-MM-DD`, written out; without the year where it is the current one. */
export function formatDay(day: string, style: "short" | "long" = "short"): string {
  const year = style === "long" || day.slice(0, 4) !== String(new Date().getFullYear());
  const format = made(
    `day ${tongue.value} ${style} ${year}`,
    () =>
      new Intl.DateTimeFormat(tongue.value, {
        day: "numeric",
        month: style,
        ...(year && { year: "numeric" }),
        timeZone: "UTC",
      }),
  );
  return format.format(new Date(`${day}T00:00:00Z`));
}

export function formatInstant(instant: string): string {
  const format = made(
    `instant ${tongue.value}`,
    () => new Intl.DateTimeFormat(tongue.value, { dateStyle: "medium", timeStyle: "short" }),
  );
  return format.format(new Date(instant));
}

/** What a language is called; the tag itself where it names none, for strangers send what they like. */
export function languageName(tag: string): string {
  const names = made(`language ${tongue.value}`, () => new Intl.DisplayNames(tongue.value, { type: "language" }));
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A format is slow to make and quick to use. */
const formats = new Map<string, unknown>();
function made<Format>(name: string, make: () => Format): Format {
  if (!formats.has(name)) formats.set(name, make());
  return formats.get(name) as Format;
}
