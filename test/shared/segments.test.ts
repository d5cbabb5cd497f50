import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedValue, readWhere, segmentsOf, writeWhere } from "../../shared/segments.ts";

/** Names and values made of characters that have a meaning in `where`. */
const tricky = fc.string({
  unit: fc.constantFrom("a", "b", ":", '"', "\\", "×", " ", "ї"),
  minLength: 1,
  maxLength: 8,
});
const names = fc.uniqueArray(tricky, { minLength: 1, maxLength: 6 });

describe("where", () => {
  it("can ask for every value of every segment, whatever else is declared", () => {
    fc.assert(
      fc.property(names, fc.nat(), tricky, (declared, index, value) => {
        const segment = declared[index % declared.length]!;
        expect(readWhere(writeWhere(segment, value), declared)).toEqual({ segment, value });
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["plan:pro", { segment: "plan", value: "pro" }],
    ["a:b:c", { segment: "a:b", value: "c" }],
    ['"a":b:c', { segment: "a", value: "b:c" }],
    ['"a:b":c', { segment: "a:b", value: "c" }],
    ['"plan:pro', null],
    ['"none":pro', null],
    ['"\\u0070lan":pro', { segment: "plan", value: "pro" }],
    ["plan", null],
    ["", null],
  ])("reads %s", (where, found) => {
    expect(readWhere(where, ["plan", "a", "a:b"])).toEqual(found);
  });
});

describe("a value", () => {
  it("of any length that a property may have counts as itself", () => {
    const character = fc.constantFrom("x", "ї", "👍", "क़", "𝅘𝅥𝅮", "\u200b", "e\u0301");
    const long = fc
      .array(character, { minLength: 1, maxLength: 200 })
      .map((all) => [...all.join("")].slice(0, 200).join(""));
    fc.assert(
      fc.property(long, (value) => {
        const { plan = "" } = segmentsOf(["plan"], { plan: value });
        expect(plan).toBe(countedValue("plan", value));
        expect(plan.isWellFormed()).toBe(true);
        expect(segmentsOf(["plan"], { plan })).toEqual(plan === "" ? {} : { plan });
        // Two texts that differ only in their last visible letter are two values.
        expect(segmentsOf(["plan"], { plan: `${value.slice(0, -2)}1` }).plan).not.toBe(
          segmentsOf(["plan"], { plan: `${value.slice(0, -2)}2` }).plan,
        );
      }),
    );
  });

  it("is one with those that look the same", () => {
    const alike = [
      "Київ",
      "Київ".normalize("NFD"),
      " Київ",
      "Ки\u200bїв",
      "\u202eКиїв\u202c",
      "Ки\u00adїв",
      "Київ\ufeff",
    ];
    const values = alike.map((city) => segmentsOf(["city", "city×plan"], { city, plan: "pro" }));
    for (const value of values) expect(value).toEqual({ city: "Київ", "city×plan": "Київ×pro" });
  });
});
