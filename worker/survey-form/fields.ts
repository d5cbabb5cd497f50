/** Reads the fields that a page's form has sent. They are a stranger's text: nothing in them is trusted. */
import { limits } from "../../shared/limits.ts";
import { scoreNames, scoresOf } from "../../shared/questions.ts";
import { characters, cleanText, isBlank } from "../../shared/text.ts";
import type { Question } from "../../shared/vocabulary.ts";
import { readText } from "../http/body.ts";
import type { FormAnswers } from "../pages/survey-page.ts";

/** The form's fields. Throws `body_too_large`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(request, limits.formBytes));
}

/**
 * The answers to the questions that the survey asks. A value that is no score, as in a link that a mailer or scanner has
 * rewritten, is no answer and no error. The comment is not cut, however long it is.
 */
export function answersIn(fields: URLSearchParams, questions: readonly Question[]): FormAnswers {
  const answers: FormAnswers = {};
  const comment = (fields.get("comment") ?? "").trim();
  for (const name of scoreNames) {
    const score = scoresOf[name].find((each) => String(each) === fields.get(name));
    if (score !== undefined && questions.includes(name)) answers[name] = score;
  }
  if (!isBlank(comment) && questions.includes("comment")) answers.comment = cleanText(comment);
  return answers;
}

/** By how many characters the comment is too long; 0 if it is not. */
export function excessOf({ comment = "" }: FormAnswers): number {
  return Math.max(0, characters(comment) - limits.commentCharacters);
}

export function isAnswered(answers: FormAnswers): boolean {
  return Object.keys(answers).length > 0;
}
