import type { TableMap } from "../table-map.ts";

/** The export of all answers. A question has a column for each part of its answer, and the second row names the parts. */
export const surveymonkey: TableMap = {
  source: "surveymonkey",
  signs: [["respondent id", "collector id"]],
  columns: {
    "respondent id": "id",
    "end date": "created_at",
    "start date": "created_at_else",
    "date modified": "created_at",
    "date created": "created_at_else",
    "email address": "respondent",
    "collector id": null,
    "ip address": null,
    "first name": null,
    "last name": null,
  },
  others: "guess",
  emptyInSecondHeader: "respondent id",
};
