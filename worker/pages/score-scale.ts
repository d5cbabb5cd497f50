import { facePath, glyphs } from "../../shared/look.ts";
import type { ScoreName, Style } from "../../shared/questions.ts";
import { scoredQuestions, scoresOf } from "../../shared/questions.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { Wording } from "./wording.ts";

/** One question as native radios, drawn as in the widget; a preselected score is said in words too. */
export function scale(question: ScoreName, chosen: number | undefined, words: Wording, style: Style): Html {
  const [first, last] = scoredQuestions[question].scale;
  const end = (score: number) => words.survey(`${question}_${score === first ? "low" : "high"}`);
  const nameOf = (score: number) => (style === "words" ? end(score) : words.page("score_of", { score, most: last }));
  return html`<fieldset>
<legend>${words.survey(`${question}_question`)}</legend>
<div class="scale ${question}${isGlyph(style) && ` glyph ${style}`}">
${scoresOf[question].map(
  (
    score,
  ) => html`<label class="cell"><input type="radio" name="${question}" value="${score}" aria-label="${nameOf(score)}"${score === chosen && html` checked`}><span aria-hidden="true">${isGlyph(style) ? glyph(style, score) : style === "words" ? end(score) : score}</span></label>
`,
)}</div>
${style !== "words" && html`<p class="ends"><span>${first} – ${end(first)}</span><span>${last} – ${end(last)}</span></p>`}
${chosen !== undefined && html`<p class="chosen">${words.page("chosen", { score: style === "words" ? end(chosen) : chosen })}</p>`}
</fieldset>
`;
}

function isGlyph(style: Style): boolean {
  return style === "stars" || style === "faces";
}

function glyph(style: Style, score: number): Html {
  if (style === "stars") return html`<svg viewBox="0 0 24 24"><path d="${glyphs.star}"/></svg>`;
  return html`<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="${facePath(score)}"/></svg>`;
}
