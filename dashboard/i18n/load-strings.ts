/**
 * Fetches the strings of one language: a reader needs one of the three tables. What only a view that is seldom opened says has a
 * table of its own, which comes with the view.
 */

import type { CommentsStrings } from "../strings/comments/en.ts";
import type { Strings } from "../strings/en.ts";
import type { FirstRunStrings } from "../strings/first-run/en.ts";
import type { ImportStrings } from "../strings/import/en.ts";
import type { LogStrings } from "../strings/log/en.ts";
import type { SettingsStrings } from "../strings/settings/en.ts";
import type { DashboardLanguage } from "./languages.ts";

export type AllStrings = Strings & CommentsStrings & FirstRunStrings & LogStrings & ImportStrings & SettingsStrings;

type Loader = () => Promise<Partial<AllStrings>>;

const tables = {
  page: {
    en: async () => (await import("../strings/en.ts")).en,
    uk: async () => (await import("../strings/uk.ts")).uk,
    ru: async () => (await import("../strings/ru.ts")).ru,
  },
  // The log names the settings that were changed as their fields are called.
  comments: {
    en: async () => (await import("../strings/comments/en.ts")).en,
    uk: async () => (await import("../strings/comments/uk.ts")).uk,
    ru: async () => (await import("../strings/comments/ru.ts")).ru,
  },
  firstRun: {
    en: async () => (await import("../strings/first-run/en.ts")).en,
    uk: async () => (await import("../strings/first-run/uk.ts")).uk,
    ru: async () => (await import("../strings/first-run/ru.ts")).ru,
  },
  log: {
    en: async () => ({
      ...(await import("../strings/settings/en.ts")).en,
      ...(await import("../strings/log/en.ts")).en,
    }),
    uk: async () => ({
      ...(await import("../strings/settings/uk.ts")).uk,
      ...(await import("../strings/log/uk.ts")).uk,
    }),
    ru: async () => ({
      ...(await import("../strings/settings/ru.ts")).ru,
      ...(await import("../strings/log/ru.ts")).ru,
    }),
  },
  import: {
    en: async () => (await import("../strings/import/en.ts")).en,
    uk: async () => (await import("../strings/import/uk.ts")).uk,
    ru: async () => (await import("../strings/import/ru.ts")).ru,
  },
  settings: {
    en: async () => (await import("../strings/settings/en.ts")).en,
    uk: async () => (await import("../strings/settings/uk.ts")).uk,
    ru: async () => (await import("../strings/settings/ru.ts")).ru,
  },
} satisfies Record<string, Record<DashboardLanguage, Loader>>;
export type StringTable = keyof typeof tables;

/** The strings of `language` in the tables `wanted`; the browser fetches each table once. */
export async function loadStrings(language: DashboardLanguage, wanted: Iterable<StringTable>): Promise<AllStrings> {
  const found = await Promise.all(Array.from(wanted, (name): Promise<Partial<AllStrings>> => tables[name][language]()));
  return Object.assign({}, ...found);
}
