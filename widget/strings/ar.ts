import type { WidgetTexts } from "./keys.ts";

export const ar: WidgetTexts = {
  region: "رأيك",
  progress: "السؤال {n} من {total}",
  next: "التالي",
  confirm: "خطوة واحدة أخيرة: يُرجى تأكيد أنك إنسان، وسيُرسَل جوابك.",
};
