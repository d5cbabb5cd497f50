import { expect, it } from "vitest";
import { csvOf } from "../../../dashboard/charts/table.ts";
import { readCsv } from "../../../dashboard/data/read-csv.ts";

it.each([
  ["id,plan\na,pro\n", [{ id: "a", plan: "pro" }]],
  ["\ufeffID;Plan\r\na;pro\r\n\r\n", [{ id: "a", plan: "pro" }]],
  ['id,note\na,"x, ""y""\nz"', [{ id: "a", note: 'x, "y"\nz' }]],
  ["id,plan\na", [{ id: "a", plan: "" }]],
  ["", []],
])("reads %j", (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});

it("writes what it reads, and leaves a spreadsheet nothing to run", () => {
  const text = csvOf({
    columns: ["a", "b"],
    rows: [
      ["=1+1", -2.5],
      ['say "hi", you', null],
    ],
  });
  expect(text).toBe('\ufeffa,b\r\n\'=1+1,-2.5\r\n"say ""hi"", you",\r\n');
});
