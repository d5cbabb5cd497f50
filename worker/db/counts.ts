/** The counters of one day, or of several days added up. Every figure is made from such counts. */
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames, scoresOf } from "../../shared/questions.ts";

/** For each question, how many respondents gave each score of its scale, from the lowest score on. */
export type Counts = Record<ScoreName, number[]> & {
  responses: number;
  inPage: number;
  comments: number;
  /** Whoever gave a score in the last band of its question; counted in totals alone. */
  unhappy: number;
  shown: number;
  dismissed: number;
};

const SINGLE = ["responses", "inPage", "comments", "unhappy", "shown", "dismissed"] as const;

export function noCounts(): Counts {
  return {
    ...countsByScore((name) => scoresOf[name].map(() => 0)),
    responses: 0,
    inPage: 0,
    comments: 0,
    unhappy: 0,
    shown: 0,
    dismissed: 0,
  };
}

/** The counts that `countsOf` gives for each question. */
export function countsByScore(countsOf: (name: ScoreName) => number[]): Record<ScoreName, number[]> {
  return Object.fromEntries(scoreNames.map((name) => [name, countsOf(name)])) as Record<ScoreName, number[]>;
}

/** The sum of any number of counts; zeros for none. */
export function addCounts(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const each of all) shift(sum, each, 1);
  return sum;
}

export function subtractCounts(from: Counts, less: Counts): Counts {
  const rest = addCounts([from]);
  shift(rest, less, -1);
  return rest;
}

/** Adds `by` times the counts to `sum`, in place. */
export function shift(sum: Counts, counts: Counts, by: 1 | -1): void {
  for (const name of scoreNames)
    for (let index = 0; index < sum[name].length; index++) sum[name][index]! += by * counts[name][index]!;
  for (const name of SINGLE) sum[name] += by * counts[name];
}
