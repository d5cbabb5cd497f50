import { describe, expect, it } from "vitest";
import { commonTerms, stemOf } from "../../../shared/comments/terms.ts";

describe("stems", () => {
  it.each([
    [["delivery", "deliveries", "delivered", "delivering"], "deliv"],
    [["доставка", "доставку", "доставки", "доставкою"], "доставк"],
    [["оплата", "оплату", "оплати"], "оплат"],
    [["качество", "качества"], "качеств"],
    [["courier", "couriers"], "couri"],
  ])("%j share a beginning", (words, stem) => {
    for (const word of words) expect([stem, `${stem}er`]).toContain(stemOf(word));
  });

  it("always begin the word, so that they can be taken into a topic", () => {
    for (const word of ["delivery", "доставкою", "配送", "توصيل"]) expect(word.startsWith(stemOf(word))).toBe(true);
  });
});

describe("common terms", () => {
  const comments = [
    "Доставка запізнилась, і кур'єр грубий",
    "доставку чекали довго",
    "Дуже довга доставка!",
    "The courier was rude, courier again",
    "rude courier",
    "Courier!",
    "配送が遅い",
    "配送は遅い",
    "配送遅いです",
    "2026 2026",
    "2026",
    "2026",
  ].map((comment) => ({ comment, nps: 3 }));

  it("are the words that at least three comments share, each comment once, little words and numbers left out", () => {
    const terms = commonTerms(comments, () => false, 10);
    expect(terms.map(({ word, comments }) => [word, comments.length])).toEqual([
      ["courier", 3],
      ["доставка", 3],
      ["遅い", 3],
      ["配送", 3],
    ]);
  });

  it("leave out what a topic covers", () => {
    expect(commonTerms(comments, (word) => word.startsWith("достав"), 2).map(({ word }) => word)).toEqual([
      "courier",
      "遅い",
    ]);
  });
});
