import type { MessageTexts } from "./message-texts.ts";

export const ru: MessageTexts<"one" | "few" | "many"> = {
  titles: {
    "response.created": "Новый ответ: {survey}",
    "response.amended": "Изменённый ответ: {survey}",
    "comment.created": "Новый комментарий: {survey}",
    "respondent.unsubscribed": "Человек больше не хочет приглашений: {survey}",
    "score.dropped": "{score} снизился: {survey}",
  },
  scores: { nps: "NPS", csat: "CSAT" },
  groups: {
    promoter: "промоутер",
    passive: "нейтрал",
    detractor: "критик",
    satisfied: "человек доволен",
    neutral: "оценка нейтральна",
    dissatisfied: "человек недоволен",
  },
  score: "{name}: {score} из {most}, {group}",
  fallen: "{name}: {after}, было {before}",
  answers: { one: "{n} ответ", few: "{n} ответа", many: "{n} ответов" },
  person: "Человек",
  unverified: "не проверено",
  page: "Страница",
  asked_by: "Как отписан",
  sources: { link: "по ссылке в письме", api: "это записала ваша команда" },
  applies_to: "Касается",
  all_surveys: "всех опросов",
  open: "Открыть в панели",
  more: { one: "… и ещё {n} знак", few: "… и ещё {n} знака", many: "… и ещё {n} знаков" },
  test: "Это проба. Никто не отвечал.",
  test_comment: "Здесь будет то, что написал человек.",
};
