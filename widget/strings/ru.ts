import type { WidgetTexts } from "./keys.ts";

export const ru: WidgetTexts = { region: "Отзыв", progress: "Вопрос {n} из {total}" };
