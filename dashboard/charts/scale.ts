/** Where values stand on a line. Pure arithmetic. */

export type Scale = (value: number) => number;

export function linear([low, high]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = high - low || 1;
  return (value) => start + ((value - low) / span) * (end - start);
}

/** About `wanted` round values within the bounds, evenly spaced: 1, 2, 5 or 10 times a power of ten apart. */
export function ticks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const found: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(value);
  return found;
}

/** Bounds in tens around the values, at least `least` apart and never past `limits`. */
export function boundsAround(
  values: readonly number[],
  [lowest, highest]: readonly [number, number],
  least: number,
): [low: number, high: number] {
  if (values.length === 0) return [lowest, highest];
  let low = Math.floor(Math.min(...values) / 10) * 10;
  let high = Math.ceil(Math.max(...values) / 10) * 10;
  while (high - low < least && (low > lowest || high < highest)) {
    if (high < highest) high += 10;
    if (high - low < least && low > lowest) low -= 10;
  }
  return [Math.max(low, lowest), Math.min(high, highest)];
}

/** At most `most` of the indexes 0…count−1, evenly spread. */
export function spread(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
