/** The languages of the dashboard, and which of them its reader is taken to want. */
import { recall } from "../device/local-storage.ts";

/** Each with its own name, as a reader looks for it in a list. */
export const dashboardLanguages = { en: "English", uk: "Українська", ru: "Русский" } as const;
export type DashboardLanguage = keyof typeof dashboardLanguages;

/** The language chosen before on this device, else the first of the browser's that the dashboard has, else English. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): DashboardLanguage {
  const all = [recall("language") ?? "", ...wanted].map((locale) => locale.slice(0, 2).toLowerCase());
  return all.find((each): each is DashboardLanguage => each in dashboardLanguages) ?? "en";
}
