/** The languages with built-in wording, and how one is chosen. */

export const languages = ["en", "uk", "ru", "ar"] as const;
export type Language = (typeof languages)[number];

/** Languages written from right to left. */
export function isRightToLeft(language: string): boolean {
  return language === "ar";
}

/** The language of a locale: "pt" of "pt-BR". Null where there is no locale. */
export function languageOf(locale: string | null | undefined): string | null {
  return locale?.split("-")[0]?.toLowerCase() ?? null;
}

/** The first of the wanted locales ("uk-UA", "pt") whose language is offered; else the first offered, of which there is at least one. */
export function chooseLanguage(wanted: readonly string[], offered: readonly Language[]): Language {
  // Not by languageOf, which minds a locale that is not there: this travels with every page view.
  const understood = wanted.map((locale) => locale.toLowerCase().split("-")[0] as Language);
  return understood.find((language) => offered.includes(language)) ?? (offered[0] as Language);
}
