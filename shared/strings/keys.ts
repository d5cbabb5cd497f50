/** Every text that an owner may write over, by its name in `texts`. */
export const textKeys = [
  "nps_question",
  "nps_low",
  "nps_high",
  "csat_question",
  "csat_low",
  "csat_high",
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
] as const;

export type TextKey = (typeof textKeys)[number];
export type Texts = Record<TextKey, string>;

/** The built-in wording of one language: each text, and the two questions for a survey that names no brand. */
export type BuiltInTexts = Texts & { nps_question_unnamed: string; csat_question_unnamed: string };
