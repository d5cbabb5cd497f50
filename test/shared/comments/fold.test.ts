import { describe, expect, it } from "vitest";
import { foldText, wordsOf } from "../../../shared/comments/fold.ts";
import { topicFinder } from "../../../shared/comments/topics.ts";

describe("folding", () => {
  it.each([
    ["Café", "CAFE"],
    ["Кур’єр", "КУР'ЄР"],
    ["кур'єр", "курʼєр"],
    ["Ёлка", "елка"],
    ["Straße", "STRASSE"],
    ["Łódź", "lodz"],
    ["ΟΔΟΣ", "οδος"],
    ["İstanbul", "istanbul"],
    ["ısı", "ISI"],
    ["ﬁne", "FINE"],
    ["ｆｕｌｌ", "full"],
    ["مُحَمَّد", "محمد"],
    ["شَكَراً", "شكرا"],
    ["שָׁלוֹם", "שלום"],
    ["가격", "가격".normalize("NFD")],
    ["e\u0301te\u0301", "été"],
  ])("%s is found by %s", (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  it("keeps apart what only looks alike", () => {
    expect(foldText("か")).not.toBe(foldText("が"));
    expect(foldText("कि")).not.toBe(foldText("कु"));
  });

  it("leaves the words alone, without punctuation", () => {
    expect(wordsOf(foldText("  Fast, cheap — good!  "))).toBe(" fast cheap good");
    expect(wordsOf("")).toBe(" ");
  });
});

describe("topics", () => {
  const find = topicFinder([
    { name: "Delivery", stems: ["доставк", "deliver", "кур'єр", "توصيل"] },
    { name: "Support", stems: ["customer serv", "підтримк"] },
    { name: "価格", stems: ["高い", "价格"] },
    { name: "Nothing", stems: ["—"] },
  ]);

  it.each([
    ["Доставка була швидкою", ["Delivery"]],
    ["the KURʼЄР was late", []],
    ["Курʼєра не було", ["Delivery"]],
    ["Customer  service, delivered", ["Delivery", "Support"]],
    ["undeliverable", []],
    ["値段が高いです", ["価格"]],
    ["توصيل سريع", ["Delivery"]],
    ["", []],
  ])("%s names %j", (comment, topics) => {
    expect(find(comment)).toEqual(topics);
  });
});
