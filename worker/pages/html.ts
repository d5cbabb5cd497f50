import { html as honoHtml, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString;

/** Markup whose values are escaped unless they are markup themselves. Hono's own type allows for promises; there are none. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  return honoHtml(strings, ...values) as Html;
}

/** Marks a text as markup that is not escaped. Only for our own styles and scripts, never for text from outside. */
export function ownMarkup(text: string): Html {
  return raw(text);
}
