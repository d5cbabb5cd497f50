import type { WidgetTexts } from "./keys.ts";

export const uk: WidgetTexts = { region: "Відгук", progress: "Запитання {n} з {total}" };
