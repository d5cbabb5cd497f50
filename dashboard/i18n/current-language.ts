import { signal } from "@preact/signals";
import type { DashboardLanguage } from "./languages.ts";

/** The language that the dashboard is shown in. Only translate.ts sets it, once the strings of the language are here. */
export const currentLanguage = signal<DashboardLanguage>("en");
