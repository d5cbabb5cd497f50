/**
 * The question in a mail: one link for each score, without images, scripts or style sheets. For Outlook's Word engine every cell
 * has a fixed size in attributes, and its link has no padding. For Gmail there is no media query: the two halves of the scale are
 * side by side where there is room, and one under the other at 320 px. Each cell names both of its colours, so that a mail
 * program with a dark mode changes both; the colours have no meaning, and a border shows the cell without them.
 */

import { isRightToLeft } from "../../shared/languages.ts";
import { CONTROL_BORDER, palette } from "../../shared/look.ts";
import type { ScoredQuestion, ScoreName } from "../../shared/questions.ts";
import { scoredQuestions, scoresOf } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Html } from "./html.ts";
import { html, ownMarkup } from "./html.ts";
import type { ScoreLink } from "./score-link.ts";
import type { Wording } from "./wording.ts";

const FONT = "font-family:Arial,Helvetica,sans-serif";
const TEXT = palette.light.text;
const PAPER = "#ffffff";
const CELL = "#e6eaf4";
const CELL_PX = 44;
/** The width of a cell with a text in it; two of them fit in a row at 320 px. */
const WORD_CELL_PX = 120;
const BORDER = CONTROL_BORDER;
const GAP_PX = 2;

/** The block for one person; `linkOf` gives the address behind each score. */
export function emailBlock(settings: SurveySettings, words: Wording, link: string, linkOf: ScoreLink): string {
  const question = settings.questions.find((each) => each !== "comment");
  const direction = isRightToLeft(words.language) ? "rtl" : "ltr";
  const side = direction === "rtl" ? "right" : "left";
  const body = question ? scores(question, words, linkOf, { direction, side }) : answerHere(words, link);
  const asked = words.survey(`${question ?? "comment"}_question`);
  return html`<table role="presentation" dir="${direction}" lang="${words.language}" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${PAPER}" style="background-color:${PAPER}"><tr><td align="${side}" style="${FONT};font-size:16px;line-height:24px;color:${TEXT};padding:12px">
<p style="margin:0 0 8px;font-size:18px;line-height:26px;font-weight:bold;color:${TEXT}">${asked}</p>
${body}
${settings.privacy_url !== null && html`<p style="margin:8px 0 0;font-size:13px;line-height:20px"><a href="${settings.privacy_url}" style="${FONT};color:${TEXT}">${words.survey("privacy")}</a></p>`}
</td></tr></table>`.toString();
}

type Side = { direction: string; side: string };

function scores(question: ScoreName, words: Wording, linkOf: ScoreLink, { direction, side }: Side): Html {
  const { scale, perRow, styles }: ScoredQuestion = scoredQuestions[question];
  const [first, last] = scale;
  const all = scoresOf[question];
  const halves = all.length > perRow ? [all.slice(0, perRow), all.slice(perRow)] : [all];
  const named = styles[0] === "words";
  const end = (score: number) => words.survey(`${question}_${score === first ? "low" : "high"}`);
  const nameOf = (score: number) => (named ? end(score) : words.page("score_of", { score, most: last }));
  const cellPx = named ? WORD_CELL_PX : CELL_PX;
  const widthOf = (half: number[]) => half.length * (cellPx + 2) + (half.length + 1) * GAP_PX;
  return html`${word(`<table role="presentation" dir="${direction}" cellpadding="0" cellspacing="0" border="0"><tr><td width="${widthOf(halves[0] ?? [])}">`)}
${halves.map(
  (
    half,
    index,
  ) => html`${index > 0 && word(`</td><td width="${widthOf(half)}">`)}<table role="presentation" dir="${direction}" width="${widthOf(half)}" cellpadding="0" cellspacing="${GAP_PX}" border="0" style="display:inline-table;width:${widthOf(half)}px;vertical-align:top"><tr>
${half.map((score) => cell(linkOf(question, score), named ? end(score) : score, nameOf(score), cellPx))}</tr></table>`,
)}
${word("</td></tr></table>")}
${!named && html`<p style="margin:4px 0 0;font-size:13px;line-height:20px;color:${TEXT};text-align:${side}">${first} – ${end(first)}<br>${last} – ${end(last)}</p>`}`;
}

function cell(link: string, text: string | number, name: string, widthPx: number): Html {
  return html`<td width="${widthPx}" height="${CELL_PX}" align="center" valign="middle" bgcolor="${CELL}" style="width:${widthPx}px;height:${CELL_PX}px;background-color:${CELL};border:1px solid ${BORDER};text-align:center"><a href="${link}" aria-label="${name}" style="display:block;${FONT};font-size:16px;line-height:${CELL_PX}px;font-weight:bold;color:${TEXT};text-decoration:none">${text}</a></td>
`;
}

function answerHere(words: Wording, link: string): Html {
  return html`<p style="margin:0"><a href="${link}" style="${FONT};font-size:16px;line-height:${CELL_PX}px;font-weight:bold;color:${TEXT}">${words.page("answer_here")}</a></p>`;
}

/** Markup that only the Word engine reads: it does not put one table beside another without an outer table. */
function word(markup: string): Html {
  return ownMarkup(`<!--[if mso]>${markup}<![endif]-->`);
}
