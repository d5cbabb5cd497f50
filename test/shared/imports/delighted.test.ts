import { expect, it } from "vitest";
import { plansForRecords, readRecord } from "../../../shared/imports/records.ts";
import { convertFile, fieldsOf, fileBytes } from "./test-files.ts";

const textOf = (name: string) => fileBytes(name).toString();

// The names of Delighted's API are documented, and connectors use them. The headers of its CSV export are in no public document
// that could be found: this file has the API's names as a person would write them, and its rows are made up.
it("reads the export of survey responses, each by its kind of survey", async () => {
  const { plan, lines, refused, leftOut } = await convertFile("delighted-responses.csv");
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
  expect(leftOut).toEqual([[7, 'answers a question of the type "ces"']]);
  expect(refused).toEqual([[8, 'nps is "great", which is no score']]);
});

it("reads responses as the API lists them, with the person in full or by an id", async () => {
  const { plan, lines, leftOut } = await convertFile("delighted-survey-responses.json");
  expect(plan.source).toBe("delighted");
  expect(lines).toEqual([
    {
      type: "asked",
      respondent: "olena@shop.example",
      asked_at: "2025-11-03T08:53:20.000Z",
    },
    {
      id: "4410001",
      created_at: "2025-11-03T09:15:00.000Z",
      nps: 10,
      comment: "Fast",
      respondent: "olena@shop.example",
      properties: { plan: "pro", country: "Ukraine", seats: 4, trial: false },
      tags: ["delivery", "courier"],
      note: "Called her.\nWhat did you enjoy?: Convenience, Friendly staff",
    },
    { id: "4410002", created_at: "2025-11-04T09:19:59.000Z", nps: 0, respondent: "+380501112233" },
    { id: "4410003", created_at: "2025-11-05T09:19:59.000Z", csat: 5, respondent: "77003" },
  ]);
  expect(leftOut).toEqual([[4, 'answers a question of the type "smileys"']]);
});

it("reads the messages of Singer with all tables in one file", async () => {
  const { plan, lines, leftOut, refused } = await convertFile("delighted-singer.ndjson");
  expect(plan.source).toBe("delighted");
  expect(lines).toEqual([
    { type: "asked", respondent: "olena@shop.example", asked_at: "2025-11-03T08:53:20.000Z" },
    { type: "unsubscribe", respondent: "petro@shop.example", created_at: "2025-11-04T23:46:40.000Z" },
    {
      id: "4410001",
      created_at: "2025-11-03T09:15:00.000Z",
      nps: 9,
      comment: "Fast",
      respondent: "77001",
      properties: { plan: "pro" },
      tags: ["delivery"],
    },
  ]);
  expect(leftOut).toEqual([
    [1, "is a message of the connector"],
    [3, "has neither a score nor a comment"],
    [5, "is about an address that no mail reached, which changes nothing here"],
    [7, "is a message of the connector"],
  ]);
  expect(refused).toEqual([]);
});

it("reads a table that comes after the rows by which the file was recognised", () => {
  const [schema, person, ...others] = textOf("delighted-singer.ndjson").trim().split("\n");
  const plan = plansForRecords([schema, person].map((line) => JSON.parse(line!)))[0]!;
  const response = others.find((line) => line.includes("survey_responses"))!;
  expect(readRecord(plan, JSON.parse(response))).toMatchObject({ lines: [{ id: "4410001", nps: 9 }] });
});

it("reads the messages and the raw tables of Airbyte", async () => {
  const { plan, lines } = await convertFile("delighted-airbyte.ndjson");
  expect(plan.source).toBe("delighted");
  expect(plan.columns.map(({ header }) => header)).not.toContain("_airbyte_raw_id");
  expect(lines).toMatchObject([
    { id: "4410001", nps: 9, respondent: "77001", properties: { plan: "pro" }, tags: ["delivery"] },
    { id: "4410002", nps: 2, respondent: "77002" },
    { id: "4410003", nps: 7, respondent: "77003" },
  ]);
});

it("reads the tables of Fivetran, with what was known of the person as JSON in a cell", async () => {
  const responses = await convertFile("delighted-responses-fivetran.csv");
  expect(responses.plan.source).toBe("delighted");
  expect(responses.lines).toMatchObject([
    { id: "4410001", nps: 9, respondent: "77001", properties: { plan: "pro", seats: 4 } },
    { id: "4410002", nps: 2, respondent: "77002" },
  ]);
  expect(responses.lines[0]).not.toHaveProperty("properties._fivetran_synced");
  expect(responses.refused).toEqual([[4, 'properties are "{broken", which is no object of JSON']]);
  expect((await convertFile("delighted-unsubscribes.csv")).lines).toEqual([
    { type: "unsubscribe", respondent: "petro@shop.example", created_at: "2025-11-04T23:46:40Z" },
    { type: "unsubscribe", respondent: "77008", created_at: "2025-11-05T00:00:00Z" },
  ]);
});

it("leaves out what is no record", () => {
  const plan = plansForRecords([{ Date: "2025-03-04", NPS: 9 }])[0]!;
  expect(plan.source).toBe("spreadsheet");
  expect(readRecord(plan, { Date: "2025-03-04", NPS: 9 })).toEqual({ lines: [{ created_at: "2025-03-04", nps: 9 }] });
  for (const value of [null, 5, "9", [9]]) expect(readRecord(plan, value)).toEqual({ left_out: "is no record" });
});

it("takes no property under the name __proto__, and any other one", () => {
  const text = `{"survey_type":"nps","score":9,"comment":"","person":"1","created_at":1762161300,"__proto__":{"score":1},
    "person_properties":{"__proto__":"x","constructor":"y"}}`;
  const record: unknown = JSON.parse(text);
  const [plan] = plansForRecords([record]);
  expect(plan?.source).toBe("delighted");
  expect(readRecord(plan!, record)).toEqual({
    lines: [{ created_at: "2025-11-03T09:15:00.000Z", nps: 9, respondent: "1", properties: { constructor: "y" } }],
  });
});
