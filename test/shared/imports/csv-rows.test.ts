import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CsvRow } from "../../../shared/imports/csv-rows.ts";
import { csvRows } from "../../../shared/imports/csv-rows.ts";
import { limits } from "../../../shared/limits.ts";
import { inPieces } from "./in-pieces.ts";

async function rowsOf(text: string, size = text.length): Promise<CsvRow[]> {
  const found: CsvRow[] = [];
  for await (const rows of csvRows(inPieces(text, size))) found.push(...rows);
  return found;
}

it.each([1, 2, 3, 7, 1000])("reads the same rows however the text is cut, here each %s characters", async (size) => {
  const text = 'date;score;why\r\n2026-01-02;9;"fast; and\r\n""kind"""\r\n\r\n2026-01-03;0;\n2026-01-04;10;"a, b"';
  expect(await rowsOf(text, size)).toEqual([
    { line: 1, cells: ["date", "score", "why"] },
    { line: 2, cells: ["2026-01-02", "9", 'fast; and\n"kind"'] },
    { line: 5, cells: ["2026-01-03", "0", ""] },
    { line: 6, cells: ["2026-01-04", "10", "a, b"] },
  ]);
});

it("takes a single carriage return for a line break, and mixed ones", async () => {
  expect((await rowsOf("a,b\r1,2\r\n3,4\n", 4)).map(({ line, cells }) => [line, ...cells])).toEqual([
    [1, "a", "b"],
    [2, "1", "2"],
    [3, "3", "4"],
  ]);
});

it("gives back any cells, with the line on which each row begins", async () => {
  const cell = fc.stringMatching(/^[a-zа-я0-9 ,;"\n]{0,8}$/u);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 30 }), async (rows, size) => {
      const all = [["a", "b"], ...rows];
      const texts = all.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(","));
      let line = 1;
      const expected = all.flatMap((cells, index) => {
        const at = line;
        line += texts[index]!.split("\n").length;
        return cells.some((each) => each.trim() !== "") ? [{ line: at, cells }] : [];
      });
      expect(await rowsOf(texts.join("\n"), size)).toEqual(expected);
    }),
  );
});

describe("refuses, with the line,", () => {
  it.each([
    ["a quotation mark that is never closed", 'a,b\n1,2\n"x,2\n3,4\n', /^Line 3 has a quotation mark/],
    ["one within quoted text that is not doubled", 'a,b\n1,2\n"x"y,2\n3,4\n', /^Line 3 has a quotation mark/],
    [
      "a row without an end",
      `a,b\n1,2\n"${"x".repeat(limits.importLineBytes)}`,
      /^The row that begins on line 3 is longer/,
    ],
    ["a million columns", `a,b\n${"1,".repeat(100_000)}\n`, /^Line 2 has 100001 columns; at most 500/],
    ["zero bytes", "a,b\n1,\0\n", /zero bytes/],
  ])("%s", async (_, text, message) => {
    await expect(rowsOf(text, 100_000)).rejects.toThrow(message);
  });
});
