import type { ScoreName } from "../../shared/questions.ts";
import { scoredQuestions } from "../../shared/questions.ts";

export type Tone = "high" | "middle" | "low";

/** The first band of a question is drawn as the good one, the last as the bad one. */
export function toneOfScore(question: ScoreName, score: number): Tone {
  const { bands } = scoredQuestions[question];
  const index = bands.findIndex(({ scores: [lowest] }) => score >= lowest);
  return index === 0 ? "high" : index === bands.length - 1 ? "low" : "middle";
}
