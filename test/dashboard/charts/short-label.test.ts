import { expect, it } from "vitest";
import { shortLabel } from "../../../dashboard/charts/short-label.ts";

it.each([
  ["Delivery", 8, "Delivery"],
  ["Delivery", 7, "Delive…"],
  // Each of these is one character to a reader, and more than one to a program.
  ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"],
  ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…"],
  ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ["🇺🇦🇺🇦🇺🇦", 2, "🇺🇦…"],
  ["и\u0306ка", 3, "и\u0306ка"],
])("cuts %j to %i characters as %j", (text, most, cut) => {
  expect(shortLabel(text, most)).toBe(cut);
});
