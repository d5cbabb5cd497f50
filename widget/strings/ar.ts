import type { WidgetTexts } from "./keys.ts";

export const ar: WidgetTexts = { region: "رأيك", progress: "السؤال {n} من {total}" };
