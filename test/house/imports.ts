/** Finds which files import which, types included, in a map from path to source text. */
import { posix } from "node:path";

export type Sources = Readonly<Record<string, string>>;
export type Arrow = { from: string; to: string };

const SPECIFIER = /\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** All imports (arrows) from one of the files to another of them; imports from elsewhere are left out. */
export function arrowsOf(sources: Sources): Arrow[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    [...text.replaceAll(COMMENT, "").matchAll(SPECIFIER)]
      .map(([, specifier]) => posix.join(posix.dirname(from), specifier!))
      .filter((to) => to in sources)
      .map((to) => ({ from, to })),
  );
}

/**
 * The circles: each a list of files in the order in which they import each other, the first of the alphabet first. Every
 * file that is on any circle is in one of them.
 */
export function circlesOf(arrows: readonly Arrow[]): string[][] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const circles: string[][] = [];
  for (const start of [...next.keys()].sort())
    if (!circles.some((circle) => circle.includes(start))) {
      const circle = shortestCircle(next, start);
      if (circle) circles.push(circle);
    }
  return circles;
}

/** A breadth-first search: the shortest way back to `start`, or null. */
function shortestCircle(next: ReadonlyMap<string, readonly Arrow[]>, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue)
    for (const { to } of next.get(file) ?? []) {
      if (to === start) {
        const circle = [file];
        while (circle[0] !== start) circle.unshift(cameFrom.get(circle[0]!)!);
        return circle;
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, file);
      queue.push(to);
    }
  return null;
}

/** The arrows from a file of the first kind to one of the second, as `from -> to`. */
export function arrowsBetween(arrows: readonly Arrow[], from: RegExp, to: RegExp): string[] {
  return arrows
    .filter((arrow) => arrow.from !== arrow.to && from.test(arrow.from) && to.test(arrow.to))
    .map((arrow) => `${arrow.from} -> ${arrow.to}`);
}
