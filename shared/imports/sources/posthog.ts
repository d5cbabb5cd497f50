import type { TableMap } from "../table-map.ts";

/** Events of a survey, as rows or as records. Each answer stands under the id of its question, and often under a number too. */
export const posthog: TableMap = {
  source: "posthog",
  signs: [
    ["event", "properties.$survey id"],
    ["event", "$survey id"],
    ["properties.$survey response"],
    ["$survey response"],
  ],
  columns: {
    uuid: "id",
    timestamp: "created_at",
    "person.properties.email": "respondent",
    "person.email": "respondent",
    "distinct id": "respondent_else",
    "properties.$survey name": "properties.survey",
    "$survey name": "properties.survey",
  },
  others: "guess",
  onlyBeginning: ["properties.$survey response", "$survey response"],
  hasRepeats: true,
};
