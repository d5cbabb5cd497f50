/** Which comments of an endless list are in the document: those on and near the screen. Spacers stand for the others. Pure. */

/** The comments from `from` up to and without `to`; `above` and `below`: px that the others take. */
export type VisibleRange = { from: number; to: number; above: number; below: number };

/** Comments that enter or leave the document at once. */
const STEP = 20;
/** px beyond the screen's edges that are drawn, so that nobody scrolls into emptiness. */
const MARGIN = 1500;
/** px of a comment as long as none has been measured. */
const GUESS = 160;

/**
 * `heights`: px of each comment, undefined where it was never drawn; `top`: px from the screen's upper edge to the list's
 * (negative when scrolled past); `screen`: px of the screen's height; `pinned`: the comment that must stay because somebody
 * types in it.
 */
export function visibleRange(
  heights: readonly (number | undefined)[],
  top: number,
  screen: number,
  pinned: number | null = null,
): VisibleRange {
  const all = filledIn(heights);
  let y = top;
  const seen: number[] = pinned === null ? [] : [pinned];
  all.forEach((height, index) => {
    if (y + height > -MARGIN && y < screen + MARGIN) seen.push(index);
    y += height;
  });
  // Where the screen is past either end of the list, the comments at that end are drawn.
  if (seen.length === 0) seen.push(top > 0 ? 0 : Math.max(0, all.length - 1));
  const from = Math.floor(Math.min(...seen) / STEP) * STEP;
  const to = Math.min(all.length, Math.ceil((Math.max(...seen) + 1) / STEP) * STEP);
  return { from, to, above: sum(all.slice(0, from)), below: sum(all.slice(to)) };
}

/** px from the list's edge to the comment at `index`. */
export function offsetOf(heights: readonly (number | undefined)[], index: number): number {
  return sum(filledIn(heights).slice(0, index));
}

/** A comment that was never measured is taken to be as high as the others are. */
function filledIn(heights: readonly (number | undefined)[]): number[] {
  const known = heights.filter((height) => height !== undefined);
  const usual = known.length > 0 ? sum(known) / known.length : GUESS;
  return heights.map((height) => height ?? usual);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
