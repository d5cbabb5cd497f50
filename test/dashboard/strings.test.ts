import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { PluralForms } from "../../dashboard/strings/plural-forms.ts";
import { root } from "../../scripts/paths.ts";

type Texts = Record<string, string | PluralForms>;

/** All tables of a language as one. */
async function textsIn(language: string): Promise<Texts> {
  const files = globSync(`dashboard/strings/**/${language}.ts`, { cwd: root });
  const tables = await Promise.all(files.map((file) => import(join(root, file)) as Promise<Record<string, Texts>>));
  return Object.assign({}, ...tables.map((table) => table[language]));
}

const tables = { en: await textsIn("en"), uk: await textsIn("uk"), ru: await textsIn("ru") };

it("there are texts of several tables, and every language has the same", () => {
  expect(Object.keys(tables.en).length).toBeGreaterThan(700);
  for (const language of ["uk", "ru"] as const)
    expect(Object.keys(tables[language]).toSorted()).toEqual(Object.keys(tables.en).toSorted());
});

const formsOf = (text: string | PluralForms) => (typeof text === "string" ? [text] : Object.values(text));
const named = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

it.each(["en", "uk", "ru"] as const)(
  "the strings in %s have all plural forms and name what English names",
  (language) => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of Object.entries(tables[language])) {
      const english = tables.en[key] ?? "";
      expect([key, typeof text]).toEqual([key, typeof english]);
      if (typeof text !== "string") expect([key, Object.keys(text).toSorted()]).toEqual([key, wanted]);
      for (const form of formsOf(text)) {
        expect([key, named(form)]).toEqual([key, named(formsOf(english).at(-1) ?? "")]);
        expect(form.trim()).toBe(form);
      }
    }
  },
);
