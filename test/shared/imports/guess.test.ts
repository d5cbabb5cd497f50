import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { plansFor } from "../../../shared/imports/plan.ts";
import { sourceNames } from "../../../shared/imports/table-map.ts";
import { convertFile, fieldsOf } from "./test-files.ts";

const fieldsFor = (headers: string, ...rows: string[]) =>
  fieldsOf(
    plansFor(
      headers.split("|"),
      rows.map((row) => row.split("|")),
    ).at(-1)!,
  );

it("recognises a file of every other product", async () => {
  const files = readdirSync(new URL("files", import.meta.url));
  const found = await Promise.all(files.map(async (name) => (await convertFile(name)).plan.source));
  expect(new Set(found)).toEqual(new Set(sourceNames.filter((name) => name !== "vidhuk")));
});

it.each([
  ["the scale by the scores", "Date|Score", ["2025-03-04|5", "2025-03-05|9"], { Score: "nps" }],
  ["the scale by the scores", "Date|Score", ["2025-03-04|5", "2025-03-05|4"], { Score: "csat" }],
  ["the scale by the word", "Date|CSAT|NPS", ["2025-03-04|5|4"], { CSAT: "csat", NPS: "nps" }],
  [
    "a question by its title",
    "Час|Чи порекомендуєте ви нас?",
    ["04.03.2025|9"],
    { "Чи порекомендуєте ви нас?": "nps" },
  ],
  ["no score in words", "Date|Score|Rating", ["2025-03-04|good|9"], { Score: "properties.Score", Rating: "nps" }],
  [
    "no score without any",
    "Date|NPS|Operating system",
    ["2025-03-04|9|"],
    { NPS: "nps", "Operating system": "properties.Operating system" },
  ],
  [
    "no person in an address that is none",
    "Date|NPS|Email opened",
    ["2025-03-04|9|yes"],
    { NPS: "nps", "Email opened": "properties.Email opened" },
  ],
  [
    "no name and no number of a person",
    "Date|NPS|Name|Phone|IP address|№",
    ["2025-03-04|9|Ann|+380|192.0.2.1|1"],
    { NPS: "nps" },
  ],
  [
    "prose as a comment",
    "Date|NPS|Other",
    ["2025-03-04|9|it came on the very next day"],
    { NPS: "nps", Other: "comment" },
  ],
  [
    "the first of two dates with a name for it",
    "Sent|Response date|NPS",
    ["2025-03-01|2025-03-04|9"],
    { "Response date": "created_at", Sent: "properties.Sent", NPS: "nps" },
  ],
  [
    "nothing under names of JavaScript",
    "Date|NPS|constructor|__proto__",
    ["2025-03-04|9|a|b"],
    { NPS: "nps", constructor: "properties.constructor" },
  ],
])("guesses %s: %s", (_, headers, rows, fields) => {
  const { Date: _date, Час: _час, ...others } = fieldsFor(headers, ...rows);
  expect(others).toEqual(fields);
});

it("makes no more properties than an answer can have, and none of what is too long for one", () => {
  const many = Array.from({ length: 30 }, (_, index) => `P${index}`);
  const fields = fieldsFor(
    ["Date", "NPS", "Long", ...many].join("|"),
    ["2025-03-04", "9", "x".repeat(300), ...many].join("|"),
  );
  expect(Object.values(fields).filter((field) => field.startsWith("properties."))).toHaveLength(20);
  expect(fields).not.toHaveProperty("Long");
});
