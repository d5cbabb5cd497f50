import type { WidgetTexts } from "./keys.ts";

export const en: WidgetTexts = { region: "Feedback", progress: "Question {n} of {total}" };
