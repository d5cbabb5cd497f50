import { scoreNames } from "../../questions.ts";
import type { TableMap } from "../table-map.ts";

/** Lines of the import as the API takes them, and exports of this product: the CSV and the NDJSON of a survey's responses. */
export const vidhuk: TableMap = {
  source: "vidhuk",
  signs: [
    ...scoreNames.map((name) => ["created at", name]),
    ...["created at", "asked at"].map((name) => ["type", "respondent", name]),
  ],
  columns: {
    type: "unsubscribed",
    id: "id",
    "created at": "created_at",
    "asked at": "asked_at",
    ...Object.fromEntries(scoreNames.flatMap((name) => [[name, name] as const, [`${name} group`, null] as const])),
    comment: "comment",
    respondent: "respondent",
    "respondent.id": "respondent",
    "respondent.verified": null,
    "respondent verified": null,
    properties: "properties",
    tags: "tags",
    note: "note",
    locale: "locale",
    channel: "channel",
    excluded: "excluded",
    ...Object.fromEntries(
      ["updated at", "answered at", "assignee", "status", "page", "topics", "flags", "day", "local time"].map(
        (name) => [name, null] as const,
      ),
    ),
  },
  propertyPrefixes: ["property: "],
  others: "guess",
  hasSeveralKinds: true,
};
