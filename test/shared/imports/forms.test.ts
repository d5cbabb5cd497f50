import { expect, it } from "vitest";
import { faultOfPlan } from "../../../shared/imports/plan.ts";
import { convertFile, fieldsOf } from "./test-files.ts";

// Formbricks is open, and its own tests have these columns. SurveyMonkey's, Typeform's and Bitrix24's stand in programs that read
// their files. Of Google Forms the names of the first column in each language are known, and all others are the questions.

it("reads Formbricks' export with questions, hidden fields and tags", async () => {
  const { plan, lines, leftOut } = await convertFile("formbricks-responses.csv");
  expect(plan.source).toBe("formbricks");
  expect(lines).toEqual([
    {
      id: "cmresp001",
      created_at: "2025-11-03T09:15:00",
      nps: 9,
      csat: 5,
      comment: "Nothing, it is fast",
      respondent: "ann@shop.example",
      properties: { source: "web", plan: "Pro" },
      tags: ["important", "vip"],
    },
    { id: "cmresp002", created_at: "2025-11-04T09:15:00", nps: 3, properties: { source: "web" } },
  ]);
  expect(leftOut).toEqual([[4, "has neither a score nor a comment"]]);
});

it("reads SurveyMonkey's export with its two rows of names and answers as words", async () => {
  const { plan, lines, refused } = await convertFile("surveymonkey.csv");
  expect(plan).toMatchObject({ source: "surveymonkey", skippedRows: 1, dateOrder: "month_first" });
  expect(fieldsOf(plan)).toMatchObject({
    "How likely is it that you would recommend us to a friend?": "nps",
    "Overall, how satisfied are you with the delivery?": "csat",
    "What should we improve?": "comment",
    "What did you buy? Shoes": "properties.What did you buy? Shoes",
  });
  expect(lines).toEqual([
    {
      id: "118000001",
      created_at: "2025-11-13T09:15:00",
      nps: 10,
      csat: 5,
      comment: "Nothing, it is fast",
      respondent: "ann@shop.example",
      properties: {
        "Custom Data 1": "pro",
        "What did you buy? Shoes": "Shoes",
        "What did you buy? Other (please specify)": "Hat",
      },
    },
    {
      id: "118000002",
      created_at: "2025-11-14T13:15:00",
      nps: 7,
      csat: 2,
      respondent: "bob@shop.example",
      properties: { "What did you buy? Socks": "Socks" },
    },
    { id: "118000003", created_at: "2025-11-15T13:15:00", nps: 0, comment: "Everything" },
  ]);
  expect(refused).toEqual([]);
});

it("reads Typeform's export in UTC, and an answer that was not finished by the time it was begun", async () => {
  const { plan, lines } = await convertFile("typeform.csv");
  expect(plan.source).toBe("typeform");
  expect(lines).toEqual([
    {
      id: "odwdp4nzj1xg6m9l36",
      created_at: "2025-11-03T09:15:00Z",
      nps: 9,
      csat: 5,
      comment: "It is fast",
      respondent: "ann@shop.example",
      properties: { "Where do you live?": "Lviv" },
      tags: ["vip"],
    },
    {
      id: "qqzdp4nzj1xg6m9l37",
      created_at: "2025-11-04T09:15:00Z",
      nps: 6,
      csat: 4,
      properties: { "Where do you live?": "Kyiv" },
    },
    { id: "rrzdp4nzj1xg6m9l38", created_at: "2025-11-05T09:14:00Z", nps: 8 },
  ]);
});

it("reads a Ukrainian Google form, and refuses a score that is a word by its line", async () => {
  const { plan, lines, refused } = await convertFile("google-forms-uk.csv");
  expect(plan.source).toBe("google_forms");
  expect(lines).toEqual([
    {
      created_at: "2025-11-03T14:05:09+02:00",
      nps: 10,
      csat: 5,
      comment: "Швидко",
      respondent: "olena@shop.example",
      properties: { "Ваше місто": "Львів" },
    },
    {
      created_at: "2025-11-04T09:05:09+02:00",
      nps: 6,
      csat: 3,
      respondent: "petro@shop.example",
      properties: { "Ваше місто": "Київ" },
    },
  ]);
  expect(refused).toEqual([[4, 'nps is "може", which is no score']]);
});

it("reads a Russian Google form with decimal commas", async () => {
  const { plan, lines } = await convertFile("google-forms-ru.csv");
  expect(plan.source).toBe("google_forms");
  expect(lines).toEqual([
    { created_at: "2025-11-03T14:05:09", nps: 10, comment: "Быстро", respondent: "olga@shop.example" },
    { created_at: "2025-11-04T09:05:09", nps: 9, respondent: "petr@shop.example" },
    { created_at: "2025-11-05T09:05:09", nps: 2, comment: "Долго", respondent: "ivan@shop.example" },
  ]);
});

it("asks which comes first in the dates of an English Google form of a few days", async () => {
  const { plan } = await convertFile("google-forms-en.csv");
  expect(plan).toMatchObject({ source: "google_forms", dateOrder: "ask" });
  expect(faultOfPlan(plan)).toMatch(/day or the month/);
  expect((await convertFile("google-forms-en.csv", { dateOrder: "month_first" })).lines).toEqual([
    { created_at: "2025-11-03T14:05:09", nps: 10, comment: "Fast", respondent: "ann@shop.example" },
    { created_at: "2025-11-04T09:05:09", nps: 2, comment: "Slow", respondent: "bob@shop.example" },
  ]);
});

it("reads Bitrix24's export with semicolons in Windows-1251, and the comment beside a score", async () => {
  const { plan, encoding, lines, leftOut } = await convertFile("bitrix24-leads.csv");
  expect(encoding).toBe("windows-1251");
  expect(plan.source).toBe("bitrix24");
  expect(lines).toEqual([
    {
      id: "101",
      created_at: "2025-11-03T14:05:09",
      nps: 9,
      comment: "быстро и вежливо",
      respondent: "olga@shop.example",
      properties: { Стадия: "Новый", Ответственный: "Иван Менеджер", Источник: "Сайт" },
    },
    {
      id: "102",
      created_at: "2025-11-04T09:05:09",
      nps: 2,
      comment: "Долго ждал",
      properties: { Стадия: "Новый", Ответственный: "Анна Менеджер", Источник: "Почта" },
    },
  ]);
  expect(leftOut).toEqual([[4, "has neither a score nor a comment"]]);
});
