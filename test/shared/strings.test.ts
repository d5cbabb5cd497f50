import { describe, expect, it } from "vitest";
import { languages } from "../../shared/languages.ts";
import { builtInTexts } from "../../shared/strings/built-in.ts";

const { en } = builtInTexts;

describe("built-in wording", () => {
  it.each(languages)("%s has every text, filled, and names the brand where it should", (language) => {
    const texts = builtInTexts[language];
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const text of Object.values(texts)) expect(text.trim()).toBe(text);
    expect(texts.nps_question).toContain("{brand}");
    expect(texts.csat_question).toContain("{brand}");
  });

  it("no language says the same as English", () => {
    for (const language of ["uk", "ru", "ar"] as const)
      for (const [name, text] of Object.entries(en))
        expect(builtInTexts[language][name as keyof typeof en]).not.toBe(text);
  });
});
