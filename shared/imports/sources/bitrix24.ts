import type { TableMap } from "../table-map.ts";

/** The export of leads, deals or contacts in English, Ukrainian or Russian. The answers stand in fields that the team has made. */
export const bitrix24: TableMap = {
  source: "bitrix24",
  signs: [
    ["id", "ответственный", "дата создания"],
    ["id", "відповідальний", "дата створення"],
    ["id", "responsible person", "created on"],
    ["id", "responsible", "created"],
  ],
  columns: {
    id: "id",
    "дата создания": "created_at",
    "дата створення": "created_at",
    "created on": "created_at",
    created: "created_at",
    "рабочий e-mail": "respondent",
    "робочий e-mail": "respondent",
    "work e-mail": "respondent",
    "дата изменения": null,
    "дата зміни": null,
    "modified on": null,
    "название лида": null,
    "название сделки": null,
    название: null,
    назва: null,
    "lead name": null,
    "deal name": null,
    отчество: null,
    "по батькові": null,
    контакт: null,
    contact: null,
  },
  others: "guess",
};
