import type { Language } from "../languages.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import type { BuiltInTexts, TextKey } from "./keys.ts";
import { ru } from "./ru.ts";
import { uk } from "./uk.ts";

/** The wording of every language, before owners write over it. */
export const builtInTexts: Readonly<Record<Language, BuiltInTexts>> = { en, uk, ru, ar };

/** A built-in text with `{brand}` still in it; for a survey without a brand, the text that does without one. */
export function builtInText(language: Language, key: TextKey, brand: string | undefined): string {
  const texts: BuiltInTexts & Partial<Record<string, string>> = builtInTexts[language];
  return (brand ? undefined : texts[`${key}_unnamed`]) ?? texts[key];
}
