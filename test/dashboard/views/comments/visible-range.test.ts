import { describe, expect, it } from "vitest";
import { offsetOf, visibleRange } from "../../../../dashboard/views/comments/visible-range.ts";

const comments = (count: number, height?: number) => Array.from({ length: count }, () => height);
/** Of a thousand comments of 100 px. */
const whole = 100_000;

describe("of a long list of comments", () => {
  it.each([
    ["at the top", 200, 0],
    ["in the middle", -50_000, 500],
    ["at the end", 900 - whole, 999],
    ["far past the end", -2 * whole, 999],
    ["far above the beginning", 9_000, 0],
  ])("those about the screen are drawn %s, and spacers stand for the others", (_, top, index) => {
    const { from, to, above, below } = visibleRange(comments(1000, 100), top, 900);
    expect(from).toBeLessThanOrEqual(index);
    expect(to).toBeGreaterThan(index);
    expect(to - from).toBeLessThanOrEqual(80);
    expect(above + (to - from) * 100 + below).toBe(whole);
  });

  it("the one in which somebody types stays, wherever the screen is", () => {
    const { from, to } = visibleRange(comments(1000, 100), -20_000, 900, 30);
    expect(from).toBe(20);
    expect(to).toBeGreaterThan(205);
  });

  it("those never drawn are taken to be as high as the others", () => {
    expect(offsetOf([100, 300, undefined, undefined], 3)).toBe(600);
    expect(visibleRange([], 0, 900)).toEqual({ from: 0, to: 0, above: 0, below: 0 });
  });
});
