import type { ScoredQuestion } from "../shared/questions.ts";

export type Questions = Readonly<Record<string, Pick<ScoredQuestion, "scale" | "bands">>>;

/** The condition that a row of `responses` is of an unhappy person: one of its scores is in the last band of its question. */
export function isUnhappy(questions: Questions, row: "NEW" | "OLD"): string {
  const low = Object.entries(questions).map(
    ([name, { bands }]) => `ifnull(${row}.${name} <= ${bands.at(-1)!.scores[1]}, 0)`,
  );
  return low.join(" OR ");
}
