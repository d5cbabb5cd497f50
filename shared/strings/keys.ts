import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";

/** Of each scored question: the question itself, and what the lowest and the highest score mean. */
const scoreParts = ["question", "low", "high"] as const;

/** Every text that an owner may write over, by its name in `texts`. */
export const textKeys = [
  ...scoreNames.flatMap(scoreTextKeys),
  "comment_question",
  "comment_promoter",
  "comment_passive",
  "comment_detractor",
  "thanks",
  "thanks_promoter",
  "thanks_passive",
  "thanks_detractor",
  "link_promoter",
  "link_passive",
  "link_detractor",
  "send",
  "skip",
  "back",
  "close",
  "privacy",
  "privacy_tick",
] as const;

export type TextKey = (typeof textKeys)[number];
export type Texts = Record<TextKey, string>;

/** The built-in wording of one language: each text, and each question that names the brand once more without one. */
export type BuiltInTexts = Texts & { [Name in ScoreName as `${Name}_question_unnamed`]?: string };

/** The names of the texts of one scored question. */
export function scoreTextKeys<Name extends ScoreName>(name: Name) {
  return scoreParts.map((part) => `${name}_${part}` as const);
}
