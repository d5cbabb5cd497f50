/** The counters of one day, or of several added up: what every figure is made from. */
import { scoresOf } from "../../shared/questions.ts";

export type Counts = {
  /** Index = score. */
  nps: number[];
  /** Index = score − 1. */
  csat: number[];
  responses: number;
  inPage: number;
  comments: number;
  shown: number;
  dismissed: number;
};

const SINGLE = ["responses", "inPage", "comments", "shown", "dismissed"] as const;

export function noCounts(): Counts {
  return {
    nps: scoresOf.nps.map(() => 0),
    csat: scoresOf.csat.map(() => 0),
    responses: 0,
    inPage: 0,
    comments: 0,
    shown: 0,
    dismissed: 0,
  };
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
  for (let score = 0; score < sum.nps.length; score++) sum.nps[score]! += by * counts.nps[score]!;
  for (let index = 0; index < sum.csat.length; index++) sum.csat[index]! += by * counts.csat[index]!;
  for (const name of SINGLE) sum[name] += by * counts[name];
}
