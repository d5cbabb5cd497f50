import { crc32 } from "node:zlib";
import { expect, it } from "vitest";
import type { Cell } from "../../../dashboard/files/write-xlsx.ts";
import { openWorkbook } from "../../../dashboard/files/write-xlsx.ts";
import { entryOf } from "../../../dashboard/files/zip.ts";
import { hostileStrings } from "../../support/hostile-strings.ts";
import { readXlsx } from "../../support/read-xlsx.ts";

async function written(rows: readonly Cell[][], mostRows?: number) {
  const columns = Array.from({ length: 30 }, (_, index) => ({ name: `column ${index}`, width: 10 }));
  const workbook = openWorkbook("Відповіді", columns, mostRows);
  for (const cells of rows) await workbook.addRow(cells);
  return readXlsx(Buffer.from(await (await workbook.end()).bytes()));
}

it("keeps numbers numbers, times times, and every text the text that it was", async () => {
  const texts = [
    ...Object.values(hostileStrings).map((text) => text.slice(0, 30_000)),
    ...[
      "=1+1",
      "+380441234567",
      "@SUM(A1)",
      "-1",
      " =1",
      "007",
      "1e5",
      "_x000D_",
      "a\r\nb",
      "\u0000\u001f",
      "\ud83d",
      "<b>&amp;",
    ],
    ...["дуже добре", "ممتاز جدا", "\u202eevil", " blanks "],
  ];
  const [sheet] = await written([[9, 0, -2.5, true, { local: "2026-11-24 18:05:09" }], ...texts.map((text) => [text])]);
  const [, first, ...rest] = sheet!;
  expect(first!.map(({ value }) => value)).toEqual([9, 0, -2.5, true, expect.closeTo(46_350.753_576, 5)]);
  expect(first!.map(({ at, format }) => [at, format])).toEqual([
    ...["A2", "B2", "C2", "D2"].map((at) => [at, ""]),
    ["E2", "yyyy\\-mm\\-dd\\ hh:mm:ss"],
  ]);
  expect(rest.map((cells) => cells[0]?.value ?? "")).toEqual(texts);
});

it("goes on in another sheet where Excel takes no more rows", async () => {
  const rows = Array.from({ length: 7 }, (_, index) => [index]);
  const sheets = await written(rows, 4);
  expect(sheets.map((sheet) => sheet.slice(1).map(([cell]) => cell!.value))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(sheets.map((sheet) => sheet[0]!.at(-1))).toEqual(
    sheets.map(() => ({ at: "AD1", value: "column 29", format: "" })),
  );
});

it("has the checksum of each part, by which a program tells that a file is whole", async () => {
  expect((await entryOf("a", "Відповіді 😀")).crc).toBe(crc32("Відповіді 😀"));
});
