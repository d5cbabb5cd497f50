import { html as honoHtml, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString;

/** Markup whose values are escaped unless they are markup themselves. Hono's own type allows for promises; there are none. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  return honoHtml(strings, ...values) as Html;
}

/** Text that is markup already: our own style and script, never anything that came from outside. */
export function ownMarkup(text: string): Html {
  return raw(text);
}
