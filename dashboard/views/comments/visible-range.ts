/** Which comments of an endless list are in the document: those about the screen. The others are room of their height. Pure. */

/** `from` up to but not with `to`; `above` and `below`: px that the others take. */
export type VisibleRange = { from: number; to: number; above: number; below: number };

/** So many come and go together. */
const STEP = 20;
/** px beyond the screen's edges that are drawn, so that nobody scrolls into nothing. */
const REACH = 1500;
/** px of a comment that nobody has seen yet, where none has been measured. */
const GUESS = 160;

/**
 * `heights`: px of each comment, undefined where it was never drawn; `top`: px from the screen's upper edge to the list's
 * (negative when scrolled past); `held`: one that must stay, as somebody types in it.
 */
export function visibleRange(
  heights: readonly (number | undefined)[],
  top: number,
  screen: number,
  held: number | null = null,
): VisibleRange {
  const all = filledIn(heights);
  let y = top;
  const seen: number[] = held === null ? [] : [held];
  all.forEach((height, index) => {
    if (y + height > -REACH && y < screen + REACH) seen.push(index);
    y += height;
  });
  // Scrolled past either end: the comments next to it.
  if (seen.length === 0) seen.push(top > 0 ? 0 : Math.max(0, all.length - 1));
  const from = Math.floor(Math.min(...seen) / STEP) * STEP;
  const to = Math.min(all.length, Math.ceil((Math.max(...seen) + 1) / STEP) * STEP);
  return { from, to, above: sum(all.slice(0, from)), below: sum(all.slice(to)) };
}

/** px from the list's edge to the comment at `index`. */
export function offsetOf(heights: readonly (number | undefined)[], index: number): number {
  return sum(filledIn(heights).slice(0, index));
}

/** What was never measured is taken to be as high as the others are. */
function filledIn(heights: readonly (number | undefined)[]): number[] {
  const known = heights.filter((height) => height !== undefined);
  const usual = known.length > 0 ? sum(known) / known.length : GUESS;
  return heights.map((height) => height ?? usual);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
