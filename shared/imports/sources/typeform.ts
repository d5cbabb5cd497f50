import type { TableMap } from "../table-map.ts";

/** The export of all answers. An answer that was not sent to its end has no date but that on which it was begun. */
export const typeform: TableMap = {
  source: "typeform",
  signs: [
    ["#", "start date (utc)", "submit date (utc)"],
    ["#", "submit date (utc)", "network id"],
  ],
  columns: {
    "#": "id",
    "submit date (utc)": "created_at",
    "stage date (utc)": "created_at_else",
    "start date (utc)": "created_at_else",
    tags: "tags",
    "response type": null,
    "network id": null,
    ending: null,
  },
  others: "guess",
};
