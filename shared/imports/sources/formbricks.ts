import type { TableMap } from "../table-map.ts";

/** The export of a survey's responses. Questions, hidden fields and what is known of the contact have columns of their own. */
export const formbricks: TableMap = {
  source: "formbricks",
  signs: [["response id", "timestamp", "finished", "survey id"]],
  columns: {
    "response id": "id",
    timestamp: "created_at",
    tags: "tags",
    "user id": "respondent_else",
    "formbricks id (internal)": "respondent_else",
    "no.": null,
    finished: null,
    "survey id": null,
    url: null,
    "useragent - browser": null,
    "useragent - os": null,
    "useragent - device": null,
    quotas: null,
  },
  others: "guess",
};
