import type { ScoredQuestion } from "../../shared/questions.ts";
import { scoredQuestions, scoresOf } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { ScoreLink } from "./score-link.ts";
import type { Wording } from "./wording.ts";

/** The same question for the text part of a mail: a line per score. */
export function textBlock(settings: SurveySettings, words: Wording, link: string, linkOf: ScoreLink): string {
  const question = settings.questions.find((each) => each !== "comment");
  const { privacy_url } = settings;
  const privacy = privacy_url === null ? "" : `\n${words.survey("privacy")}: ${privacy_url}\n`;
  if (!question) return `${words.survey("comment_question")}\n\n${words.page("answer_here")}: ${link}\n${privacy}`;
  const { scale, styles }: ScoredQuestion = scoredQuestions[question];
  const [first, last] = scale;
  const lines = scoresOf[question].map((score) => {
    const end =
      score === first ? words.survey(`${question}_low`) : score === last ? words.survey(`${question}_high`) : "";
    const name = styles[0] === "words" ? end : `${score}${end && ` (${end})`}`;
    return `${name}: ${linkOf(question, score)}`;
  });
  return `${words.survey(`${question}_question`)}\n${words.page("answer_here")}:\n\n${lines.join("\n")}\n${privacy}`;
}
