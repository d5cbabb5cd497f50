import fc from "fast-check";
import { expect, it } from "vitest";
import { readScore } from "../../../shared/imports/scores.ts";

it.each([
  ["9", 9],
  [" 10 ", 10],
  ["9.0", 9],
  ["9,0", 9],
  ["8,5", 8.5],
  ["-1", -1],
  ["11", 11],
  ["NPS: 9", 9],
  ["score 9", 9],
  ["10 - Extremely likely", 10],
  ["0 – Зовсім не ймовірно", 0],
  ["10 (Точно порекомендую)", 10],
  ["Extremely likely - 10", 10],
  ["Not at all likely (0)", 0],
  ["9/10", 9],
  ["9 out of 10", 9],
  ["9 из 10", 9],
  ["7 балів", 7],
  ["", null],
  ["-", null],
  ["N/A", null],
])("%j is read as the score %j", (text, score) => {
  expect(readScore(text, "nps")).toEqual({ score });
});

it.each([
  "9-10",
  "7–8 (passive)",
  "Promoter (9-10)",
  "2025-12-31",
  "12.05.2025",
  "great",
  "1 000",
  "9 9",
  "10%",
  "4/5",
])("%j is no score", (text) => {
  expect(readScore(text, "nps")).toHaveProperty("fault");
});

it.each([
  ["Very satisfied", 5],
  ["Somewhat dissatisfied", 2],
  ["Дуже задоволена", 5],
  ["Нейтрально", 3],
  ["очень недоволен", 1],
  ["4 / 5", 4],
])("%j is read as the satisfaction %j", (text, score) => {
  expect(readScore(text, "csat")).toEqual({ score });
});

it.each([
  ["NPS: 9 – because it is quick", { score: 9, said: "because it is quick" }],
  ["Оцінка: 3 - 3 дні чекав", { score: 3, said: "3 дні чекав" }],
])("%j is a score and a comment", (text, read) => {
  expect(readScore(text, "nps")).toEqual(read);
});

// A search that takes time by the square of the length would not end within the time that a test has.
it.each(["a", "a (", "a - ", "- ", "9 - ", "NPS: ", "9 "])("reads a text of 200,000 characters of %j too", (piece) => {
  expect(readScore(piece.repeat(200_000 / piece.length), "nps")).toHaveProperty("fault");
});

it("says on which scale a score was that does not fit the question", () => {
  expect(readScore("4/5", "nps")).toEqual({ fault: 'is "4/5", and the scale ends at 10' });
});

it("reads every number as itself, whatever words and signs stand around it", () => {
  const words = fc.constantFrom("", " ", " - likely", " — так", " (promoter)", ".0", ",0", "/10");
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      fc.constantFrom("", "NPS: ", "Оцінка: "),
      words,
      (score, before, after) => {
        expect(readScore(`${before}${score}${after}`, "nps")).toMatchObject({ score });
      },
    ),
  );
});
