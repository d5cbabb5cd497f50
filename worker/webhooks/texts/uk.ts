import type { MessageTexts } from "./message-texts.ts";

export const uk: MessageTexts<"one" | "few" | "many"> = {
  titles: {
    "response.created": "Нова відповідь: {survey}",
    "response.amended": "Змінена відповідь: {survey}",
    "comment.created": "Новий коментар: {survey}",
    "respondent.unsubscribed": "Людина більше не хоче запрошень: {survey}",
    "score.dropped": "{score} знизився: {survey}",
  },
  scores: { nps: "NPS", csat: "CSAT" },
  groups: {
    promoter: "промоутер",
    passive: "нейтрал",
    detractor: "критик",
    satisfied: "людина задоволена",
    neutral: "оцінка нейтральна",
    dissatisfied: "людина незадоволена",
  },
  score: "{name}: {score} з {most}, {group}",
  fallen: "{name}: {after}, було {before}",
  answers: { one: "{n} відповідь", few: "{n} відповіді", many: "{n} відповідей" },
  person: "Людина",
  unverified: "не перевірено",
  page: "Сторінка",
  asked_by: "Як відписано",
  sources: { link: "за посиланням у листі", api: "це записала ваша команда" },
  applies_to: "Стосується",
  all_surveys: "усіх опитувань",
  open: "Відкрити в панелі",
  more: { one: "… і ще {n} знак", few: "… і ще {n} знаки", many: "… і ще {n} знаків" },
  test: "Це проба. Ніхто не відповідав.",
  test_comment: "Тут буде те, що написала людина.",
};
