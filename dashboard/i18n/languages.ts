/** The languages that are spoken here, and where the words of each are. */
import { recall } from "../device/local-storage.ts";
import type { Strings } from "../strings/en.ts";

export const tongues = { en: "English", uk: "Українська", ru: "Русский" } as const;
export type Tongue = keyof typeof tongues;

const files: Record<Tongue, () => Promise<Strings>> = {
  en: async () => (await import("../strings/en.ts")).en,
  uk: async () => (await import("../strings/uk.ts")).uk,
  ru: async () => (await import("../strings/ru.ts")).ru,
};

/** The words of a language; fetched once. */
export function wordsOf(tongue: Tongue): Promise<Strings> {
  return files[tongue]();
}

/** The language chosen before, else the first of the browser's that is spoken here. */
export function preferredTongue(wanted: readonly string[] = navigator.languages): Tongue {
  const all = [recall("language") ?? "", ...wanted].map((locale) => locale.slice(0, 2).toLowerCase());
  return all.find((each): each is Tongue => each in tongues) ?? "en";
}
