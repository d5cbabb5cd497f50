/** The texts of messages for people. A text that a language lacks does not compile, nor does a plural form. */
import type { GroupOf, ScoreName } from "../../../shared/questions.ts";
import type { UnsubscribeSource, WebhookEvent } from "../../../shared/vocabulary.ts";

/** `{name}` in a text is filled in; `{n}` chooses the plural form. */
export type MessageTexts<Form extends Intl.LDMLPluralRule> = {
  /** The first line by event; `{survey}` is the survey's name, and `{score}` that of the score that has fallen. */
  titles: Record<WebhookEvent, string>;
  scores: Record<ScoreName, string>;
  groups: Record<GroupOf<ScoreName>, string>;
  /** One score; `{group}` is one of `groups`. */
  score: string;
  /** A score that has fallen, and what it was. */
  fallen: string;
  answers: Record<Form, string>;
  person: string;
  unverified: string;
  page: string;
  asked_by: string;
  sources: Record<UnsubscribeSource, string>;
  applies_to: string;
  all_surveys: string;
  open: string;
  /** Stands where a comment is cut. */
  more: Record<Form, string>;
  test: string;
  /** Stands for the comment of a test. */
  test_comment: string;
};
