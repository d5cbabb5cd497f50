/** The dashboard's strings in the reader's language. */
import { signal } from "@preact/signals";
import { remember } from "../device/local-storage.ts";
import type { PluralForms } from "../strings/plural-forms.ts";
import { currentLanguage } from "./current-language.ts";
import { formatNumber, pluralForm } from "./format.ts";
import type { DashboardLanguage } from "./languages.ts";
import type { AllStrings, StringTable } from "./load-strings.ts";
import { loadStrings } from "./load-strings.ts";

export type StringKey = keyof AllStrings;

const strings = signal<AllStrings | null>(null);
const wanted = new Set<StringTable>(["page"]);

/** Shows the dashboard in `language` from now on; settles once its strings are here. */
export async function setLanguage(language: DashboardLanguage): Promise<void> {
  strings.value = await loadStrings(language, wanted);
  currentLanguage.value = language;
  document.documentElement.lang = language;
}

/** The same, and again the next time that the dashboard is opened on this device. */
export function rememberLanguage(language: DashboardLanguage): Promise<void> {
  remember("language", language);
  return setLanguage(language);
}

/** Has the strings of `table` beside the others from now on; settles once they are here. */
export async function wantStrings(table: StringTable): Promise<void> {
  if (wanted.has(table)) return;
  const language = currentLanguage.peek();
  const more = await loadStrings(language, [table]);
  // The reader may have chosen another language meanwhile.
  if (language !== currentLanguage.peek()) return wantStrings(table);
  wanted.add(table);
  strings.value = { ...strings.peek(), ...more } as AllStrings;
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
