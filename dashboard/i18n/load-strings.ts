/** Fetches the strings of one language: a reader needs one of the three tables. */
import type { Strings } from "../strings/en.ts";
import type { DashboardLanguage } from "./languages.ts";

const tables: Record<DashboardLanguage, () => Promise<Strings>> = {
  en: async () => (await import("../strings/en.ts")).en,
  uk: async () => (await import("../strings/uk.ts")).uk,
  ru: async () => (await import("../strings/ru.ts")).ru,
};

/** The strings of `language`; the browser fetches each table once. */
export function loadStrings(language: DashboardLanguage): Promise<Strings> {
  return tables[language]();
}
