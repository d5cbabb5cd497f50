import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { Separator } from "../../shared/csv.ts";
import { csvLine } from "../../shared/csv.ts";

const separators: Separator[] = [",", ";"];
const FORMULA = /^["\t\r\n]*[=+\-@＝＋－＠]/;

/** The ways in which programs split a file: by the rules of CSV, or at every separator, inside quotes too. */
const readers: Record<string, (file: string) => string[]> = {
  "a comma": (file) => Papa.parse<string[]>(file, { delimiter: "," }).data.flat(),
  "a semicolon": (file) => Papa.parse<string[]>(file, { delimiter: ";" }).data.flat(),
  "a tab": (file) => Papa.parse<string[]>(file, { delimiter: "\t" }).data.flat(),
  "a bar": (file) => Papa.parse<string[]>(file, { delimiter: "|" }).data.flat(),
  "a comma, without heed of quotes": (file) => file.split(/[,\r\n]/),
  "a semicolon, without heed of quotes": (file) => file.split(/[;\r\n]/),
  "a tab, without heed of quotes": (file) => file.split(/[\t\r\n]/),
};

const typed = fc.array(
  fc.constantFrom("=", "+", "-", "@", "＝", "－", ";", ",", "\t", "\n", "|", '"', "'", "a", "1", " ", "💡"),
  { maxLength: 12 },
);

describe.each(separators)("a file with %j", (separator) => {
  it.each(Object.entries(readers))("holds no formula for a reader by %s", (_, read) => {
    fc.assert(
      fc.property(fc.array(typed, { minLength: 1, maxLength: 4 }), (texts) => {
        const file = csvLine(
          texts.map((signs) => signs.join("")),
          separator,
        );
        for (const cell of read(file)) expect(cell).not.toMatch(FORMULA);
      }),
      { numRuns: 500 },
    );
  });

  it("gives back every text, but for the apostrophes before what could be a formula", () => {
    fc.assert(
      fc.property(fc.array(typed, { minLength: 2, maxLength: 4 }), (texts) => {
        const cells = texts.map((signs) => signs.join(""));
        const [row] = Papa.parse<string[]>(csvLine(cells, separator), { delimiter: separator }).data;
        expect(row?.map((cell) => cell.replaceAll("'", ""))).toEqual(cells.map((cell) => cell.replaceAll("'", "")));
      }),
    );
  });
});

it.each([
  ["good;=1+1;bye", `"good;'=1+1;bye"\r\n`],
  ["late, - but friendly; 2-3 days", `"late, - but friendly; 2-3 days"\r\n`],
  ['he said "-5"', `"he said ""-5"""\r\n`],
  ["+380501234567", `"'+380501234567"\r\n`],
  ["2026-11-24", "2026-11-24\r\n"],
  ["", "\r\n"],
  [null, "\r\n"],
  [0, "0\r\n"],
  [false, "false\r\n"],
])("writes %j as %j", (cell, line) => {
  expect(csvLine([cell], ",")).toBe(line);
});

it("writes numbers with the decimal sign of the language that reads the separator", () => {
  expect(csvLine([3.5, -0.25, 1e21], ",")).toBe("3.5,-0.25,1e+21\r\n");
  expect(csvLine([3.5, -0.25, 1e21], ";")).toBe("3,5;-0,25;1e+21\r\n");
});
