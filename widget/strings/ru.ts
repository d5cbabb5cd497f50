import type { WidgetTexts } from "./keys.ts";

export const ru: WidgetTexts = {
  region: "Отзыв",
  progress: "Вопрос {n} из {total}",
  next: "Далее",
  confirm: "Ещё один шаг: подтвердите, пожалуйста, что вы человек, и ваш ответ будет отправлен.",
};
