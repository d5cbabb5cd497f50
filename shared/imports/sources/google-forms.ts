import type { TableMap } from "../table-map.ts";

/** The answers to a form, in English, Ukrainian or Russian. All other columns are questions, with their titles as names. */
export const googleForms: TableMap = {
  source: "google_forms",
  signs: [["timestamp"], ["позначка часу"], ["отметка времени"]],
  signIsFirst: true,
  columns: {
    timestamp: "created_at",
    "позначка часу": "created_at",
    "отметка времени": "created_at",
    username: "respondent",
    "email address": "respondent",
    "електронна адреса": "respondent",
    "адреса електронної пошти": "respondent",
    "адрес электронной почты": "respondent",
    "ім’я користувача": "respondent",
    "имя пользователя": "respondent",
  },
  others: "guess",
};
