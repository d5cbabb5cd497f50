import { expect, it } from "vitest";
import { convertFile, fieldsOf } from "./test-files.ts";

// The names of Delighted's API are documented, and connectors use them. The headers of its CSV export are in no public document
// that could be found: this file has the API's names as a person would write them, and its rows are made up.
it("reads the export of survey responses, each by its kind of survey", () => {
  const { plan, lines, refused, leftOut } = convertFile("delighted-responses.csv");
  expect(plan.source).toBe("delighted");
  expect(fieldsOf(plan)).toEqual({
    "Survey Type": "survey_type",
    Score: "score",
    Comment: "comment",
    "Created At": "created_at",
    ID: "id",
    "Person ID": "respondent_else",
    Email: "respondent",
    Tags: "tags",
    Notes: "note",
    Plan: "properties.Plan",
    Country: "properties.Country",
    Locale: "locale",
  });
  expect(lines).toEqual([
    {
      id: "4410001",
      created_at: "2025-11-03T09:15:00Z",
      nps: 10,
      comment: "Fast, and the courier called first.",
      respondent: "olena@shop.example",
      properties: { Plan: "pro", Country: "Ukraine" },
      tags: ["delivery", "courier"],
      locale: "uk",
    },
    {
      id: "4410002",
      created_at: "2025-11-04T18:40:11Z",
      nps: 6,
      comment: 'The box was "open".\nCall me.',
      respondent: "petro@shop.example",
      properties: { Plan: "basic", Country: "Ukraine" },
      tags: ["packaging"],
      note: "Called him: refunded.",
      locale: "uk",
    },
    {
      id: "4410003",
      created_at: "2025-11-05T00:00:00Z",
      nps: 9,
      respondent: "77003",
      properties: { Country: "Poland" },
      locale: "pl",
    },
    {
      id: "4410004",
      created_at: "2025-11-06T07:30:00Z",
      csat: 4,
      comment: "Good",
      respondent: "ann@shop.example",
      properties: { Plan: "pro", Country: "Poland" },
      locale: "en",
    },
  ]);
  expect(leftOut).toEqual([[6, 'answers a question of the type "ces"']]);
  expect(refused).toEqual([[7, 'nps is "great", which is no score']]);
});
