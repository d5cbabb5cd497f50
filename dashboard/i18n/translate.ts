/** The dashboard's strings in the reader's language. */
import { signal } from "@preact/signals";
import { remember } from "../device/local-storage.ts";
import type { Strings } from "../strings/en.ts";
import type { PluralForms } from "../strings/plural-forms.ts";
import { currentLanguage } from "./current-language.ts";
import { formatNumber, pluralForm } from "./format.ts";
import type { DashboardLanguage } from "./languages.ts";
import { loadStrings } from "./load-strings.ts";

export type StringKey = keyof Strings;

const strings = signal<Strings | null>(null);

/** Shows the dashboard in `language` from now on; settles once its strings are here. */
export async function setLanguage(language: DashboardLanguage): Promise<void> {
  strings.value = await loadStrings(language);
  currentLanguage.value = language;
  document.documentElement.lang = language;
}

/** The same, and again the next time that the dashboard is opened on this device. */
export function rememberLanguage(language: DashboardLanguage): Promise<void> {
  remember("language", language);
  return setLanguage(language);
}

/** Translates: the string of `key`, each `{name}` in it replaced by the value of that name. The value `n` chooses the plural form. */
export function t(key: StringKey, values: Record<string, string | number> = {}): string {
  const text: string | PluralForms = strings.value?.[key] ?? key;
  const form = typeof text === "string" ? text : (text[pluralForm(Number(values.n))] ?? text.other);
  return form.replaceAll(/\{(\w+)\}/g, (found, name) => {
    const value = values[name];
    // What has a decimal keeps it: a difference of 6.2 is neither 6 nor 7.
    const decimals = Number.isInteger(value) ? 0 : 1;
    return typeof value === "number" ? formatNumber(value, decimals) : (value ?? found);
  });
}
