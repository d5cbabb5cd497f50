import { describe, expect, it } from "vitest";
import { readCsv } from "../../../dashboard/files/read-csv.ts";
import { readersSeparator, writeCsv } from "../../../dashboard/files/write-csv.ts";
import { hostileStrings } from "../../support/hostile-strings.ts";

describe("a CSV file", () => {
  it.each([
    ["with commas", "id,plan\na,pro\n", [{ id: "a", plan: "pro" }]],
    ["of Excel with semicolons", "\ufeffID;Plan\r\na;pro\r\n\r\n", [{ id: "a", plan: "pro" }]],
    ["with quoted cells", 'id,note\na,"x, ""y""\nz"', [{ id: "a", note: 'x, "y"\nz' }]],
    ["with the other separator in a cell", "id;note\na;x, y, z", [{ id: "a", note: "x, y, z" }]],
    ["with a short row", "id,plan\na", [{ id: "a", plan: "" }]],
    ["with empty rows", "id,plan\n\n ,\na,pro\n,\n", [{ id: "a", plan: "pro" }]],
    ["with line ends of every kind", "id\r\na\nb\rc", [{ id: "a" }, { id: "b" }, { id: "c" }]],
    ["with one column", "id\na", [{ id: "a" }]],
    [
      "with names that objects have",
      "__proto__,constructor\na,b",
      [
        Object.fromEntries([
          ["__proto__", "a"],
          ["constructor", "b"],
        ]),
      ],
    ],
    ["that is empty", "", []],
  ])("%s is read", async (_, text, rows) => {
    expect(await readCsv(text)).toEqual(rows);
  });

  it.each(['id\n"a\nb\nc', 'id\n"a"b\nc'])(
    "whose quotation marks do not match is refused, for it would lose people: %j",
    async (text) => {
      expect(await readCsv(text)).toBeNull();
    },
  );

  it("of a chart keeps its figures figures", () => {
    const rows = [
      ["x", -2.5],
      ["y", null],
    ];
    expect(writeCsv({ columns: ["a", "b"], rows }, ",")).toBe("\ufeffa,b\r\nx,-2.5\r\ny,\r\n");
    expect(writeCsv({ columns: ["a", "b"], rows }, ";")).toBe("\ufeffa;b\r\nx;-2,5\r\ny;\r\n");
  });

  it.each([
    ["uk", "en-US", ";"],
    ["ru", "ru-RU", ";"],
    ["en", "en-GB", ","],
    ["en", "de-DE", ";"],
    ["en", "uk", ";"],
  ])("for a dashboard in %s and a browser in %s is parted by %s", (dashboard, browser, separator) => {
    expect(readersSeparator(dashboard, browser)).toBe(separator);
  });

  it.each([
    ...Object.values(hostileStrings),
    ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1", "x;=1+1", 'x","=1+1'],
  ])("leaves a spreadsheet nothing to run of %j", async (text) => {
    const csv = writeCsv({ columns: ["name"], rows: [[text]] }, ",");
    // However a reader splits it, no cell begins a formula.
    for (const separator of [",", ";", "\t", "|"])
      for (const cell of csv.slice(1).split(new RegExp(`[${separator}\\r\\n]`)))
        expect(cell.replace(/^"+/, "")).not.toMatch(/^[=+\-@＝＋－＠]/);
  });

  it("is read as it was written, but for the apostrophes that keep formulas texts", async () => {
    const rows = [
      ["Ann, Bo", 'say "hi"'],
      ["two\nlines", "semi;colon"],
    ];
    expect(await readCsv(writeCsv({ columns: ["a", "b"], rows }, ","))).toEqual(rows.map(([a, b]) => ({ a, b })));
  });
});
