import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../shared/imports/json-records.ts";
import { jsonRecords } from "../../../shared/imports/json-records.ts";
import { limits } from "../../../shared/limits.ts";
import { inPieces } from "./in-pieces.ts";

async function recordsOf(text: string, size = text.length): Promise<JsonRecord[]> {
  const found: JsonRecord[] = [];
  for await (const records of jsonRecords(inPieces(text, size))) found.push(...records);
  return found;
}

const one = { id: "1", comment: 'brace } bracket ] "quoted" \\', tags: [{ name: "a" }], person: { id: 7 } };
const two = { id: "2", score: 9 };

describe.each([1, 3, 1000])("in pieces of %s characters", (size) => {
  it.each([
    ["an array", JSON.stringify([one, two], null, 2), [2, 2 + JSON.stringify(one, null, 2).split("\n").length]],
    ["a record on each line", `${JSON.stringify(one)}\n\n${JSON.stringify(two)}\n`, [1, 3]],
    [
      "the pages of an API",
      `{"total":2,"data":[${JSON.stringify(one)}]}\n{"data":[${JSON.stringify(two)}],"next":null}`,
      [1, 2],
    ],
  ])("reads %s", async (_, text, lines) => {
    expect(await recordsOf(text, size)).toEqual([
      { line: lines[0], value: one },
      { line: lines[1], value: two },
    ]);
  });
});

it("leaves out a faulty object, with its line", async () => {
  expect(await recordsOf('{"id":"1"}\n{"id":oops}\n{"id":"3"}')).toEqual([
    { line: 1, value: { id: "1" } },
    { line: 2, fault: "is not JSON" },
    { line: 3, value: { id: "3" } },
  ]);
});

describe("refuses", () => {
  it.each([
    ["text that is no JSON", "date,score\n1,2", /^Line 1 is no record of JSON: it has "d"/],
    ["text behind a record", '{"id":"1"}\nend', /^Line 2 is no record of JSON/],
    ["an array that was cut off", '[{"id":"1"},\n', /^The file ends before its array does/],
    ["an object that was cut off", '[{"id":"1"},\n{"id":"2', /^The file ends within the object that begins on line 2/],
    ["an empty array", "[]", /no records/],
    [
      "an object without an end",
      `{"id":"${"x".repeat(limits.importRecordCharacters)}`,
      /^The object that begins on line 1 is longer/,
    ],
  ])("%s", async (_, text, message) => {
    await expect(recordsOf(text, 1_000_000)).rejects.toThrow(message);
  });
});
