import type { WidgetTexts } from "./keys.ts";

export const en: WidgetTexts = {
  region: "Feedback",
  progress: "Question {n} of {total}",
  next: "Next",
  confirm: "One more step: please confirm that you are a person, and your answer will be sent.",
};
