import type { WidgetTexts } from "./keys.ts";

export const uk: WidgetTexts = {
  region: "Відгук",
  progress: "Запитання {n} з {total}",
  next: "Далі",
  confirm: "Ще один крок: підтвердьте, будь ласка, що ви людина, і вашу відповідь буде надіслано.",
};
