/** Pages with one message: the thanks, or the reason why there is nothing to answer. */
import { respondentGroupOf } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { documentPage } from "./document.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import type { FormAnswers } from "./survey-page.ts";
import type { Wording } from "./wording.ts";

/** The reasons why there is nothing to answer, each with its status. */
export const refusals = {
  unknown: 404,
  closed: 410,
  expired: 410,
  revoked: 410,
  too_large: 413,
  busy: 429,
  broken: 503,
} as const;
export type PageRefusal = keyof typeof refusals;

export function refusalPage(reason: PageRefusal, words: Wording, settings?: SurveySettings) {
  return plainPage({ title: words.page(`${reason}_title`), text: words.page(reason), words, settings });
}

/** Seconds after which a tablet without scripts shows the question again. */
const NEXT_SECONDS = 6;

/**
 * The thanks for the person's group. With the owner's link and a form that asks for the survey's page again, to change the
 * answer; on a tablet with neither: the page goes on to the address `next` by itself.
 */
export function thanksPage(
  answers: FormAnswers,
  words: Wording,
  settings: SurveySettings,
  after: { action: string; fields: Readonly<Record<string, string>> } | { next: string },
) {
  const group = respondentGroupOf(answers);
  const said = words.survey(group ? `thanks_${group}` : "thanks");
  if ("next" in after) return plainPage({ title: said, words, settings, next: after.next });
  const link = group && settings.thanks[group];
  const next =
    link && html`<p><a class="act" href="${link.url}" rel="noreferrer">${words.survey(`link_${group}`)}</a></p>`;
  const changing = html`<form method="post" action="${after.action}">
${Object.entries(after.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="quiet">${words.page("change")}</button>
</form>`;
  return plainPage({ title: said, words, settings, more: html`${next}${changing}` });
}

type PlainPage = {
  title: string;
  text?: string;
  words: Wording;
  settings?: SurveySettings | undefined;
  /** What stands below the text. */
  more?: Html;
  /** The address that the page goes on to by itself. */
  next?: string;
};

/** A page with a title and a sentence, in the survey's look where there is a survey. */
export function plainPage({ title, text, words, settings, more, next }: PlainPage) {
  const main = html`${settings?.brand && html`<p class="brand">${settings.brand}</p>`}
<h1 class="big">${title}</h1>
${text && html`<p>${text}</p>`}
${more}`;
  return documentPage({
    words,
    settings,
    title,
    main,
    ...(next !== undefined && { refresh: { seconds: NEXT_SECONDS, address: next } }),
  });
}
