import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Wording } from "./wording.ts";

const SCALES = { nps: { first: 0, last: 10 }, csat: { first: 1, last: 5 } };

/** One question as native radios, drawn as in the widget; a preselected score is said in words too. */
export function scale(
  question: "nps" | "csat",
  chosen: number | undefined,
  words: Wording,
  csatStyle: SurveySettings["csat_style"],
): Html {
  const { first, last } = SCALES[question];
  const style = question === "csat" ? csatStyle : "numbers";
  const scores = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return html`<fieldset>
<legend>${words.survey(`${question}_question`)}</legend>
<div class="scale ${question}${style !== "numbers" && ` glyph ${style}`}">
${scores.map(
  (score) => html`<label class="cell"><input type="radio" name="${question}" value="${score}" aria-label="${words.page(
    "score_of",
    { score, most: last },
  )}"${score === chosen && html` checked`}><span aria-hidden="true">${glyph(style, score)}</span></label>
`,
)}</div>
<p class="ends"><span>${first} – ${words.survey(`${question}_low`)}</span><span>${last} – ${words.survey(`${question}_high`)}</span></p>
${chosen !== undefined && html`<p class="chosen">${words.page("chosen", { score: chosen })}</p>`}
</fieldset>
`;
}

function glyph(style: SurveySettings["csat_style"], score: number): Html | number {
  if (style === "stars")
    return html`<svg viewBox="0 0 24 24"><path d="M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-2.9-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z"/></svg>`;
  if (style === "faces") {
    const mouth = `M8.5 9.5v.5M15.5 9.5v.5M8 ${17.5 - score / 2}q4 ${(score - 3) * 2.2} 8 0`;
    return html`<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="${mouth}"/></svg>`;
  }
  return score;
}
