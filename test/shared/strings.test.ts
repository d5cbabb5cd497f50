import { describe, expect, it } from "vitest";
import { languages } from "../../shared/languages.ts";
import { ar } from "../../shared/strings/ar.ts";
import { en } from "../../shared/strings/en.ts";
import { ru } from "../../shared/strings/ru.ts";
import { uk } from "../../shared/strings/uk.ts";

const all = { en, uk, ru, ar };

describe("built-in wording", () => {
  it.each(languages)("%s has every text, filled, and names the brand where it should", (language) => {
    const texts = all[language];
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const text of Object.values(texts)) expect(text.trim()).toBe(text);
    expect(texts.nps_question).toContain("{brand}");
    expect(texts.csat_question).toContain("{brand}");
    expect(texts.nps_question_unnamed).not.toContain("{brand}");
  });

  it("no language says the same as English", () => {
    for (const language of ["uk", "ru", "ar"] as const)
      for (const [name, text] of Object.entries(en)) expect(all[language][name as keyof typeof en]).not.toBe(text);
  });
});
