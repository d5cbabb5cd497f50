/** The style sheet of the linked pages. They look like the widget's card. */

import { CONTROL_BORDER, isLight, palette } from "../../shared/look.ts";
import type { ScoredQuestion } from "../../shared/questions.ts";
import { scoredQuestions } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";

/** The names of the colours in RULES. */
const VARIABLES = {
  accent: "--a",
  onAccent: "--t",
  background: "--b",
  text: "--f",
  muted: "--m",
  cell: "--c",
  line: "--l",
  page: "--p",
} as const satisfies Record<keyof typeof palette.light, string>;

/** The declarations of a scheme's colours. */
function coloursOf(scheme: keyof typeof palette): string {
  const colours = Object.entries(VARIABLES).map(
    ([name, as]) => `${as}:${palette[scheme][name as keyof typeof VARIABLES]}`,
  );
  return [...colours, `color-scheme:${scheme}`].join(";");
}

/** The whole style sheet, in the survey's colours. */
export function styleOf(theme: SurveySettings["theme"] | undefined): string {
  const { accent, scheme } = theme ?? surveyDefaults.theme;
  const own = accent ? `:root:root{--a:${accent};--t:${isLight(accent) ? "#000" : "#fff"}}` : "";
  const colours =
    scheme === "auto"
      ? `:root{${coloursOf("light")}}@media(prefers-color-scheme:dark){:root{${coloursOf("dark")}}}`
      : `:root{${coloursOf(scheme)}}`;
  return colours + own + RULES;
}

/** At most so many cells of a question's scale in a row; those of a shorter row are wider and fill it too. */
function rowsOf(cellsInRow: (question: ScoredQuestion) => number): string {
  return Object.entries(scoredQuestions)
    .map(([name, question]) => `.${name} .cell{flex:1 0 calc(100%/${cellsInRow(question)} - 1px)}`)
    .join("");
}

const RULES = `
*{box-sizing:border-box}
body{margin:0;padding:32px 16px;background:var(--p);color:var(--f);font:medium/1.45 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:582px;margin:0 auto;padding:24px;border:1px solid var(--l);border-radius:16px;background:var(--b)}
h1{margin:0 0 20px;color:var(--m);font-size:1em;font-weight:600}
.brand{margin:0 0 16px;color:var(--m);font-weight:600}
h1.big,h2.big{margin-bottom:12px;color:inherit;font-size:1.375em;line-height:1.3;text-wrap:pretty}
p{margin:0 0 12px}
fieldset{min-width:0;margin:0 0 28px;padding:0;border:0}
legend,.label{display:block;padding:0;font-size:1.125em;font-weight:600;line-height:1.35}
.label small{color:var(--m);font-weight:400}
.scale{display:flex;flex-wrap:wrap;margin:14px -2px 6px}
.cell{display:grid;cursor:pointer}
${rowsOf(({ perRow }) => perRow)}
.cell>*{grid-area:1/1}
.cell span{place-self:center;pointer-events:none}
.cell input{appearance:none;-webkit-appearance:none;min-height:48px;margin:0;border:2px solid #0000;border-radius:12px;background:var(--c) padding-box;cursor:inherit}
.cell input:hover{box-shadow:inset 0 0 0 2px var(--a)}
.cell :checked{background-color:var(--a)}
.cell :checked+span{color:var(--t);font-weight:700}
:focus-visible{outline:2px solid var(--f);outline-offset:1px}
.glyph input{min-height:56px;background:none}
svg{display:block;width:36px;height:36px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.glyph .cell :checked{background:none}
.glyph .cell :checked+span{color:var(--a)}
.stars .cell:has(~ .cell :checked) svg,.stars :checked+span svg{fill:var(--a);stroke:var(--a)}
.faces :checked+span svg{fill:var(--a);stroke:var(--t)}
.ends{display:flex;justify-content:space-between;gap:16px;margin:0;color:var(--m);font-size:.8125em}
.ends :last-child{text-align:end}
.chosen{margin:10px 0 0}
fieldset:has(:checked:not([checked])) .chosen{display:none}
.note{margin:0 0 20px;padding:12px 14px;border-inline-start:4px solid var(--a);border-radius:8px;background:var(--c)}
textarea{display:block;width:100%;min-height:112px;margin:12px 0 0;padding:10px 12px;border:1px solid ${CONTROL_BORDER};border-radius:12px;background:var(--c);color:inherit;font:inherit;resize:vertical}
.hint{margin:6px 0 0;color:var(--m);font-size:.8125em}
.hint:empty{display:none}
.hint a{color:inherit}
.tick{display:flex;gap:12px;align-items:center;min-height:48px;margin:20px 0 0;cursor:pointer}
.tick input{width:28px;height:28px;flex:none;margin:0;accent-color:var(--a)}
.act{display:inline-block;min-height:48px;margin:24px 0 0;padding:11px 28px;border:1px solid #0000;border-radius:12px;background:var(--a);color:var(--t);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.act:hover{text-decoration:underline}
.quiet{display:inline-block;margin:12px 0 -12px;padding:12px 0;border:0;background:none;color:var(--m);font:inherit;font-size:.875em;text-decoration:underline;cursor:pointer}
footer{max-width:582px;margin:16px auto 0;text-align:center;font-size:.8125em}
footer a{display:inline-block;padding:14px;color:var(--m)}
@media(max-width:480px){body{padding:12px 8px}main{padding:20px 15px}}
@media(min-width:560px){body{padding-block:56px}main{padding:32px}${rowsOf(({ scale: [lowest, highest] }) => highest - lowest + 1)}}
@media(forced-colors:active){.cell input,.note{border:1px solid ButtonText}.cell :checked{forced-color-adjust:none;background:Highlight}.cell :checked+span{forced-color-adjust:none;color:HighlightText}.glyph .cell :checked{background:Highlight}.act{border-color:ButtonText}}
@media print{body{background:#fff}main{border:0}.act,footer,.chosen{display:none}.cell input{border:1px solid #555}}
`;
