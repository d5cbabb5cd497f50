import type { TableMap } from "../table-map.ts";

/** Feedback as the API lists it, and the tables that connectors make of it. */
export const retently: TableMap = {
  source: "retently",
  signs: [
    ["createddate", "score", "ratingcategory"],
    ["createddate", "score", "campaignname"],
  ],
  columns: {
    id: "id",
    createddate: "created_at",
    score: "score",
    metricstype: "survey_type",
    comment: "comment",
    feedback: "comment",
    email: "respondent",
    customerid: "respondent_else",
    feedbacktags: "tags",
    tags: "tags",
    notes: "note",
    customprops: "properties",
    companyname: "properties.company",
    jobtitle: "properties.job title",
    campaignname: "properties.campaign",
    isbogus: "excluded",
    firstname: null,
    lastname: null,
    campaignid: null,
    checkbox: null,
    additionalquestions: null,
    status: null,
    assigned: null,
    ratingcategory: null,
    resolved: null,
    channel: null,
  },
  others: "properties",
};
