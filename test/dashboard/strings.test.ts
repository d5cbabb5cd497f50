import { expect, it } from "vitest";
import { en } from "../../dashboard/strings/en.ts";
import { en as importEn } from "../../dashboard/strings/import/en.ts";
import { ru as importRu } from "../../dashboard/strings/import/ru.ts";
import { uk as importUk } from "../../dashboard/strings/import/uk.ts";
import { en as logEn } from "../../dashboard/strings/log/en.ts";
import { ru as logRu } from "../../dashboard/strings/log/ru.ts";
import { uk as logUk } from "../../dashboard/strings/log/uk.ts";
import { ru } from "../../dashboard/strings/ru.ts";
import { en as settingsEn } from "../../dashboard/strings/settings/en.ts";
import { ru as settingsRu } from "../../dashboard/strings/settings/ru.ts";
import { uk as settingsUk } from "../../dashboard/strings/settings/uk.ts";
import { uk } from "../../dashboard/strings/uk.ts";

const tables = {
  en: { ...en, ...logEn, ...importEn, ...settingsEn },
  uk: { ...uk, ...logUk, ...importUk, ...settingsUk },
  ru: { ...ru, ...logRu, ...importRu, ...settingsRu },
} as const;
const formsOf = (text: string | Record<string, string>) => (typeof text === "string" ? [text] : Object.values(text));
const named = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

it.each(["en", "uk", "ru"] as const)(
  "the strings in %s have all plural forms and name what English names",
  (language) => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of Object.entries(tables[language])) {
      const english = tables.en[key as keyof typeof tables.en];
      expect([key, typeof text]).toEqual([key, typeof english]);
      if (typeof text !== "string") expect([key, Object.keys(text).toSorted()]).toEqual([key, wanted]);
      for (const form of formsOf(text)) {
        expect([key, named(form)]).toEqual([key, named(formsOf(english).at(-1) ?? "")]);
        expect(form.trim()).toBe(form);
      }
    }
  },
);
