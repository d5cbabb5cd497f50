import { describe, expect, it } from "vitest";
import { commonTerms } from "../../../shared/comments/terms.ts";
import { topicFinder } from "../../../shared/comments/topics.ts";

/** "The delivery was late" or its like without a space, and its word for delivery. */
const unspaced = [
  ["Chinese", "昨天送货太慢了", "送货"],
  ["Japanese", "きのう配達がおくれました", "配達"],
  ["Thai", "เมื่อวานจัดส่งช้ามาก", "จัดส่ง"],
  ["Lao", "ມື້ວານຈັດສົ່ງຊ້າຫຼາຍ", "ຈັດສົ່ງ"],
  ["Khmer", "ម្សិលមិញដឹកជញ្ជូនយឺត", "ដឹកជញ្ជូន"],
  ["Burmese", "မနေ့ကပို့ဆောင်မှုနှေးတယ်", "ပို့ဆောင်"],
] as const;

describe.each(unspaced)("a comment in %s", (_, comment, stem) => {
  it("names a topic whose word begins in the middle", () => {
    expect(topicFinder([{ name: "Delivery", stems: [stem] }])(comment)).toEqual(["Delivery"]);
  });

  it("is cut into words by dictionary, never taken for one long word", () => {
    const comments = Array.from({ length: 3 }, () => ({ comment, nps: 3 }));
    const terms = commonTerms(comments, () => false, 50);
    expect(terms.length).toBeGreaterThan(0);
    expect(terms.map(({ word }) => word)).not.toContain(comment);
  });
});
