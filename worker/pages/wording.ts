/** The texts of a page in one language. The owner's own texts replace the built-in ones, and the brand is filled in. */
import type { Language } from "../../shared/languages.ts";
import { chooseLanguage, languages } from "../../shared/languages.ts";
import { UNBROKEN_BRAND_CHARACTERS } from "../../shared/look.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { builtInText } from "../../shared/strings/built-in.ts";
import type { TextKey } from "../../shared/strings/keys.ts";
import { ar as arPage } from "./texts/ar.ts";
import { en as enPage } from "./texts/en.ts";
import type { PageTexts } from "./texts/page-texts.ts";
import { ru as ruPage } from "./texts/ru.ts";
import { uk as ukPage } from "./texts/uk.ts";

const pageTexts: Record<Language, PageTexts> = { en: enPage, uk: ukPage, ru: ruPage, ar: arPage };

export type Wording = {
  language: Language;
  /** A text that owners may replace by their own. */
  survey(key: TextKey): string;
  page(key: keyof PageTexts, values?: Readonly<Record<string, string | number>>): string;
};

/** The first of the wanted languages that the survey offers; of all built-in ones where there is no survey. */
export function wordingFor(wanted: readonly string[], settings?: SurveySettings): Wording {
  const language = chooseLanguage(wanted, settings?.languages ?? languages);
  return {
    language,
    survey(key) {
      const text = settings?.texts[language]?.[key] ?? builtInText(language, key, settings?.brand);
      return text.replaceAll("{brand}", onOneLine(settings?.brand ?? "")).trim();
    },
    page(key, values = {}) {
      return pageTexts[language][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
    },
  };
}

function onOneLine(brand: string): string {
  return brand.length > UNBROKEN_BRAND_CHARACTERS ? brand : brand.replaceAll(" ", "\u00a0");
}

/** The languages of an `Accept-Language` header, the preferred first. Only the first twenty are read. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? "")
    .split(",", 20)
    .map((each) => {
      const [name = "", ...parameters] = each.trim().split(";");
      const quality = parameters.map((part) => /^\s*q=([\d.]+)/.exec(part)?.[1]).find(Boolean);
      return { name, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ name, quality }) => name !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ name }) => name);
}
