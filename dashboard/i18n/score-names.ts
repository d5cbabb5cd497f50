/** What scores are called, and single answers in words. */
import type { ScoreName } from "../../shared/questions.ts";
import { scoredQuestions, styleOf } from "../../shared/questions.ts";
import { t } from "./translate.ts";

/** "NPS". */
export function scoreName(name: ScoreName): string {
  return t(`${name}_name`);
}

/** What the figure of a question counts: "Satisfied" beside a percentage, "NPS" beside points. */
export function figureName(name: ScoreName): string {
  const { scoring, bands } = scoredQuestions[name];
  return scoring === "share" ? t(bands[0].share) : scoreName(name);
}

/** A score as the visitor saw it: a number, or the name of its band where there were words to choose from. */
export function scoreText(name: ScoreName, score: number): string {
  const { bands } = scoredQuestions[name];
  return styleOf(name, {}) === "words"
    ? t(bands.find(({ scores: [lowest] }) => score >= lowest)!.share)
    : String(score);
}

/** One answer: "9" of a score that counts in points, "4/5" of one that counts in percent, or words as in `scoreText`. */
export function answerText(name: ScoreName, score: number): string {
  const { scale, scoring } = scoredQuestions[name];
  const isOfMost = scoring === "share" && styleOf(name, {}) !== "words";
  return isOfMost ? `${score}/${scale[1]}` : scoreText(name, score);
}
