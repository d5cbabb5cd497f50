import type { SurveySettings } from "../../shared/schema/survey.ts";
import { documentPage } from "./document.ts";
import { html } from "./html.ts";
import { PROOF } from "./script.ts";
import type { Wording } from "./wording.ts";

/** The page that asks before anybody is unsubscribed, because mail scanners open every link of a mail. */
export function unsubscribePage(
  action: string,
  words: Wording,
  settings: SurveySettings | undefined,
  { tick = false, note }: { tick?: boolean; note?: string | undefined } = {},
) {
  const title = words.page("unsubscribe_title");
  const main = html`${settings?.brand && html`<p class="brand">${settings.brand}</p>`}
<h1 class="big">${title}</h1>
${note && html`<p class="note" role="status">${note}</p>`}
<p>${words.page("unsubscribe_ask")}</p>
<form method="post" action="${action}">
<input type="hidden" name="lang" value="${words.language}">
<noscript><input type="hidden" name="noscript" value="1"></noscript>
${tick && html`<label class="tick"><input type="checkbox" name="tick" value="1" required><span>${words.page("unsubscribe_act")}</span></label>`}
<button class="act">${words.page("unsubscribe_act")}</button>
</form>`;
  return documentPage({ words, settings, title, main, scripts: [PROOF] });
}
