import { facePath, glyphs } from "../../shared/look.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoredQuestions, scoresOf } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Wording } from "./wording.ts";

/** One question as native radios, drawn as in the widget; a preselected score is said in words too. */
export function scale(
  question: ScoreName,
  chosen: number | undefined,
  words: Wording,
  csatStyle: SurveySettings["csat_style"],
): Html {
  const { scale, wording } = scoredQuestions[question];
  const [first, last] = scale;
  const style = question === "csat" ? csatStyle : "numbers";
  return html`<fieldset>
<legend>${words.survey(wording.question)}</legend>
<div class="scale ${question}${style !== "numbers" && ` glyph ${style}`}">
${scoresOf[question].map(
  (score) => html`<label class="cell"><input type="radio" name="${question}" value="${score}" aria-label="${words.page(
    "score_of",
    { score, most: last },
  )}"${score === chosen && html` checked`}><span aria-hidden="true">${glyph(style, score)}</span></label>
`,
)}</div>
<p class="ends"><span>${first} – ${words.survey(wording.low)}</span><span>${last} – ${words.survey(wording.high)}</span></p>
${chosen !== undefined && html`<p class="chosen">${words.page("chosen", { score: chosen })}</p>`}
</fieldset>
`;
}

function glyph(style: SurveySettings["csat_style"], score: number): Html | number {
  if (style === "stars") return html`<svg viewBox="0 0 24 24"><path d="${glyphs.star}"/></svg>`;
  if (style === "faces")
    return html`<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="${facePath(score)}"/></svg>`;
  return score;
}
