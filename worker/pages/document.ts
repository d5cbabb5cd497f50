import { isRightToLeft } from "../../shared/languages.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Html } from "./html.ts";
import { html, ownMarkup } from "./html.ts";
import { styleOf } from "./style.ts";
import type { Wording } from "./wording.ts";

export type Document = {
  words: Wording;
  settings?: SurveySettings | undefined;
  title: string;
  main: Html;
  footer?: Html | undefined;
  scripts?: readonly string[];
  /** Where the page goes on by itself. */
  refresh?: { seconds: number; address: string };
};

/** A whole page, and the headers that let it run its own style and script and nothing else. */
export function documentPage({ words, settings, title, main, footer, scripts = [], refresh }: Document) {
  const nonce = crypto.randomUUID();
  const page = html`<!doctype html>
<html lang="${words.language}" dir="${isRightToLeft(words.language) ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
${refresh && html`<meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.address}">`}
<title>${title}</title>
<style nonce="${nonce}">${ownMarkup(styleOf(settings?.theme))}</style>
</head>
<body>
<main>${main}</main>
${footer && html`<footer>${footer}</footer>`}
${scripts.map((script) => html`<script nonce="${nonce}">${ownMarkup(script)}</script>`)}
</body>
</html>`;
  return { body: page.toString(), headers: headersOf(nonce) };
}

function headersOf(nonce: string): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    // With no-referrer Chromium would send `Origin: null` with the page's own form.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    Vary: "Accept-Language",
  };
}
