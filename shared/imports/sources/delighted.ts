import type { TableMap } from "../table-map.ts";

/**
 * The export of a project's survey responses, and the tables that connectors make of its API: responses, people, unsubscribes
 * and bounces. What was known of a person stands in columns under its own names, or as JSON in one.
 */
export const delighted: TableMap = {
  source: "delighted",
  signs: [
    ["score", "comment", "permalink"],
    ["survey type", "score", "comment", "person"],
    ["survey type", "score", "comment", "person id"],
    ["person id", "unsubscribed at"],
    ["person id", "bounced at"],
    ["last sent at", "last responded at"],
    ["last sent at", "next survey scheduled at"],
  ],
  columns: {
    id: "id",
    "response id": "id",
    "survey response id": "id",
    "survey type": "survey_type",
    score: "score",
    comment: "comment",
    "created at": "created_at",
    "responded at": "created_at",
    email: "respondent",
    "person email": "respondent",
    "phone number": "respondent_else",
    person: "respondent_else",
    "person id": "respondent_else",
    "person properties": "properties",
    tags: "tags",
    notes: "note",
    locale: "locale",
    "last sent at": "asked_at",
    "sent at": "asked_at",
    "survey sent at": "asked_at",
    "unsubscribed at": "unsubscribed_at",
    "bounced at": "bounced_at",
    name: null,
    "person name": null,
    permalink: null,
    "updated at": null,
    "last responded at": null,
    "next survey scheduled at": null,
    "additional answers": null,
  },
  others: "properties",
};
