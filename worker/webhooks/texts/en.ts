import type { MessageTexts } from "./message-texts.ts";

export const en: MessageTexts<"one" | "other"> = {
  titles: {
    "response.created": "New response: {survey}",
    "response.amended": "Changed response: {survey}",
    "comment.created": "New comment: {survey}",
    "respondent.unsubscribed": "A person wants no more invitations: {survey}",
    "score.dropped": "{score} has fallen: {survey}",
  },
  scores: { nps: "NPS", csat: "CSAT" },
  groups: {
    promoter: "promoter",
    passive: "passive",
    detractor: "detractor",
    satisfied: "satisfied",
    neutral: "neutral",
    dissatisfied: "dissatisfied",
  },
  score: "{name}: {score} of {most}, {group}",
  fallen: "{name}: {after}, was {before}",
  answers: { one: "{n} answer", other: "{n} answers" },
  person: "Person",
  unverified: "unverified",
  page: "Page",
  asked_by: "Asked for",
  sources: { link: "by a link in a mail", api: "by your team" },
  applies_to: "Holds for",
  all_surveys: "all surveys",
  open: "Open in the dashboard",
  more: { one: "… and {n} more character", other: "… and {n} more characters" },
  test: "This is a test. Nobody has answered.",
  test_comment: "Here stands what the person wrote.",
};
