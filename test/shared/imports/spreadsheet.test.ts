import { expect, it } from "vitest";
import { faultOfPlan, plansFor } from "../../../shared/imports/plan.ts";
import { readRow } from "../../../shared/imports/read-row.ts";
import { convertFile, convertText, fieldsOf } from "./test-files.ts";

it("reads a Ukrainian spreadsheet with semicolons in Windows-1251", async () => {
  const { plan, encoding, lines, refused } = await convertFile("spreadsheet-uk.csv");
  expect(encoding).toBe("windows-1251");
  expect(plan.source).toBe("spreadsheet");
  expect(plan.dateOrder).toBeNull();
  expect(fieldsOf(plan)).toEqual({
    Дата: "created_at",
    Оцінка: "nps",
    Коментар: "comment",
    Email: "respondent",
    Відділ: "properties.Відділ",
  });
  expect(lines).toEqual([
    {
      created_at: "2025-12-31T14:05",
      nps: 10,
      comment: "Швидко",
      respondent: "olena@shop.example",
      properties: { Відділ: "Доставка" },
    },
    { created_at: "2026-01-05T09:00", nps: 9, respondent: "petro@shop.example", properties: { Відділ: "Каса" } },
    { created_at: "2026-01-06", nps: 8.5, comment: "Майже", properties: { Відділ: "Каса" } },
    { created_at: "2026-01-07", nps: 3, comment: "Довго; і дорого", respondent: "ann@shop.example" },
  ]);
  expect(refused).toEqual([[6, 'created_at is "32.01.2026", which is no date']]);
});

it("reads an English spreadsheet with tabs in UTF-16, and lets the collector judge what is on the scale", async () => {
  const { plan, encoding, lines, refused } = await convertFile("spreadsheet-en.tsv");
  expect(encoding).toBe("utf-16le");
  expect(plan.dateOrder).toBe("month_first");
  expect(lines).toEqual([
    {
      created_at: "2025-12-31T14:05",
      nps: 10,
      comment: "fast",
      respondent: "ann@shop.example",
      properties: { Department: "Delivery" },
    },
    {
      created_at: "2026-01-05T09:00",
      nps: 9,
      comment: "as always",
      respondent: "bob@shop.example",
      properties: { Department: "Counter" },
    },
    { created_at: "2026-01-06T00:00", nps: 11, comment: "typo", properties: { Department: "Counter" } },
  ]);
  expect(refused).toEqual([]);
});

it("reads a Russian spreadsheet with a byte order mark, dates in several forms and scores up to five", async () => {
  const { lines } = await convertFile("spreadsheet-ru.csv");
  expect(lines).toEqual([
    {
      created_at: "2026-01-05",
      csat: 4,
      comment: "Хорошо",
      respondent: "ann@shop.example",
      properties: { Отдел: "Касса" },
    },
    { created_at: "2025-12-31", csat: 5, properties: { Отдел: "Доставка" } },
    { created_at: "2026-01-05T09:00:00.000Z", csat: 2, comment: "Долго", respondent: "bob@shop.example" },
    { created_at: "2026-01-06T12:00:00", csat: 1 },
  ]);
});

it("asks whether the day or the month comes first where the file does not tell", async () => {
  const file = "Date,NPS\n03/04/2025,9\n05/06/2025,10\n";
  const unanswered = await convertText(file);
  expect(unanswered.plan.dateOrder).toBe("ask");
  expect(faultOfPlan(unanswered.plan)).toMatch(/day or the month/);
  expect(unanswered.refused[0]).toEqual([
    2,
    'created_at is "03/04/2025": say whether the day or the month comes first',
  ]);
  expect((await convertText(file, { dateOrder: "day_first" })).lines[0]).toEqual({ created_at: "2025-04-03", nps: 9 });
  expect((await convertText(file, { dateOrder: "month_first" })).lines[0]).toEqual({
    created_at: "2025-03-04",
    nps: 9,
  });
});

it("takes what is known of the person before the answer, and a person without an answer too", async () => {
  const { lines, leftOut } = await convertText(
    "Date,NPS,Email,Last asked,Unsubscribed\n2025-03-04,9,ann@shop.example,2025-03-01,no\n,,bob@shop.example,2025-02-01,yes\n,,eve@shop.example,,\n",
  );
  expect(lines).toEqual([
    { type: "asked", respondent: "ann@shop.example", asked_at: "2025-03-01" },
    { created_at: "2025-03-04", nps: 9, respondent: "ann@shop.example" },
    { type: "unsubscribe", respondent: "bob@shop.example" },
    { type: "asked", respondent: "bob@shop.example", asked_at: "2025-02-01" },
  ]);
  expect(leftOut).toEqual([[4, "has neither a score nor a comment"]]);
});

it.each([
  ["Date,Name\n2025-03-04,Ann\n", /No column is a score/],
  ["Score,Comment\n9,fast\n", /No column says when/],
])("says what keeps a plan from being used: %j", async (file, fault) => {
  expect(faultOfPlan((await convertText(file)).plan)).toMatch(fault);
});

it("says which field two columns fill", () => {
  const [plan] = plansFor(["Date", "NPS", "Other"], [["2025-03-04", "9", "8"]]);
  plan!.columns[2]!.field = "nps";
  expect(faultOfPlan(plan!)).toMatch(/Two columns fill nps/);
});

it("reads a file that tells Excel its separator, with names before the addresses", async () => {
  const { lines } = await convertText(
    'sep=;\r\nDate;NPS;Email\r\n2025-03-04;"9,0";Ann <ann@shop.example>\r\n2025-03-05;8;"bob@shop.example; b@shop.example"\r\n',
  );
  expect(lines).toEqual([
    { created_at: "2025-03-04", nps: 9, respondent: "ann@shop.example" },
    { created_at: "2025-03-05", nps: 8, respondent: "bob@shop.example" },
  ]);
});

it("refuses a row with more cells than the table has columns, and leaves out an empty one", async () => {
  const { plan, refused } = await convertText("Date,NPS\n2025-03-04,9,fast\n2025-03-04,9, \n");
  expect(refused).toEqual([[2, "has 3 cells where the first row has 2"]]);
  expect(readRow(plan, [" ", ""])).toEqual({ left_out: "is empty" });
});
