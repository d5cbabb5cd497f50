import { limits } from "../../shared/limits.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { respondentGroups, styleOf } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { documentPage } from "./document.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { KIOSK } from "./kiosk-script.ts";
import { scale } from "./score-scale.ts";
import { COUNTER, GESTURE, PROOF } from "./script.ts";
import type { Wording } from "./wording.ts";

export type FormAnswers = Partial<Record<ScoreName, number>> & { comment?: string };

export type SurveyPage = {
  words: Wording;
  settings: SurveySettings;
  /** Where the form goes: this page's own path. */
  action: string;
  stamp: string;
  /** The answers that are filled in already. */
  answers: FormAnswers;
  /** A note that says why the page is shown, or shown again. */
  note?: string | undefined;
  /** Whether there is a box to tick, for a person whose browser could not prove that a person is there. */
  tick?: boolean;
  /** Whether the survey was answered before: an earlier comment is then kept if the field stays empty, and is never shown. */
  answered?: boolean;
  saveOnGesture?: boolean;
  /** Hidden fields that come back as they are. */
  carried?: Readonly<Record<string, string | undefined>>;
  unsubscribeUrl?: string | undefined;
  /** The survey's id where the page is a tablet's that people pass on. */
  kiosk?: string | undefined;
};

/** The survey as one form: every question, the comment, Send. */
export function surveyPage(page: SurveyPage) {
  const { words, settings, note, tick = false, unsubscribeUrl, kiosk } = page;
  const heading = settings.brand || words.page("feedback");
  const main = html`<h1>${heading}</h1>
${note !== undefined && html`<p class="note" role="status">${note}</p>`}
<form method="post" action="${page.action}"${kiosk !== undefined && html` data-survey="${kiosk}" autocomplete="off"`}>
${kiosk !== undefined && html`<p class="note" id="choose" role="alert" hidden>${words.page("choose_first")}</p>`}
${Object.entries({ stamp: page.stamp, lang: words.language, ...page.carried }).map(
  ([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}">`,
)}
<noscript><input type="hidden" name="noscript" value="1"></noscript>
${settings.questions.map((question) => (question === "comment" ? comment(page) : scale(question, page.answers[question], words, styleOf(question, settings))))}
${tick && html`<label class="tick"><input type="checkbox" name="tick" value="1" required><span>${words.page("tick")}</span></label>`}
<button class="act">${words.survey("send")}</button>
</form>
${kiosk !== undefined && thanksToShow(words)}`;
  return documentPage({
    words,
    settings,
    title: heading,
    main,
    footer:
      unsubscribeUrl === undefined ? undefined : html`<a href="${unsubscribeUrl}">${words.page("unsubscribe")}</a>`,
    scripts: [
      PROOF,
      ...(page.saveOnGesture ? [GESTURE] : []),
      ...(settings.questions.includes("comment") ? [COUNTER] : []),
      ...(kiosk === undefined ? [] : [KIOSK]),
    ],
  });
}

/** The line under the comment, and the box without which no words are taken. A tablet leads to no other page. */
function privacy({ words, settings, kiosk }: Pick<SurveyPage, "words" | "settings" | "kiosk">): Html {
  const { privacy_url, privacy_tick } = settings;
  const said = words.survey("privacy");
  return html`${privacy_tick && html`<label class="tick"><input type="checkbox" name="agree" value="1"><span>${words.survey("privacy_tick")}</span></label>`}
${privacy_url !== null && html`<p class="hint">${kiosk === undefined ? html`<a href="${privacy_url}" target="_blank" rel="noreferrer">${said}</a>` : said}</p>`}
`;
}

/** The thanks of every group, for a page that has to show them without a network. */
function thanksToShow(words: Wording): Html {
  const groups = [...respondentGroups.map((group) => [group, `thanks_${group}`] as const), ["none", "thanks"] as const];
  return html`<div id="thanks" role="status" hidden>
${groups.map(([group, key]) => html`<h2 class="big" data-group="${group}" hidden>${words.survey(key)}</h2>`)}
</div>`;
}

function comment({ words, settings, answers, answered, kiosk }: SurveyPage): Html {
  const most = limits.commentCharacters;
  return html`<label class="label" for="comment">${words.survey("comment_question")} <small>(${words.page("optional")})</small></label>
<textarea id="comment" name="comment" rows="4" aria-describedby="${answered && "keep "}count">
${answers.comment}</textarea>
<p class="hint" id="count" data-most="${most}" data-over="${words.page("comment_over", { most })}"></p>
${privacy({ words, settings, kiosk })}${answered && html`<p class="hint" id="keep">${words.page("keep_comment")}</p>`}`;
}
