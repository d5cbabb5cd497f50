/** A mail, as text and as HTML. Mail programs make links of addresses in plain text, so what strangers wrote holds none. */
import type { Mail, Outcome } from "../../mail/mail.ts";
import type { Html } from "../../pages/html.ts";
import { html } from "../../pages/html.ts";
import type { Form } from "../form.ts";
import { withoutLinks } from "../literal.ts";
import { mailtoAddress } from "../mailto.ts";
import type { Attempt, Sender } from "../send.ts";
import type { Summary } from "../summary.ts";
import { summaryOf } from "../summary.ts";

export type WebhookMail = Pick<Mail, "id" | "subject" | "text" | "html" | "language">;

export const email: Form = {
  hasChat: false,
  isMail: true,
  async write(message) {
    const summary = summaryOf(message);
    const { title: subject, language } = summary;
    const mail: WebhookMail = { id: message.id, subject, language, text: textOf(summary), html: htmlOf(summary) };
    return { url: message.webhook.url, headers: {}, body: JSON.stringify(mail) };
  },
  send: sendMail,
};

/** Each line of the comment begins with a sign, so that none can be taken for a line of the message. */
function textOf({ title, note, scores, comment, facts, link }: Summary): string {
  const quoted =
    comment === null
      ? []
      : withoutLinks(comment)
          .split("\n")
          .map((line) => `> ${line}`);
  const told = facts.map(({ name, value }) => `${name}: ${withoutLinks(value)}`);
  const blocks = [[title, ...(note === null ? [] : [note])], scores, quoted, told, link ? [link.text, link.url] : []];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** A long address or word is broken where a phone is narrower. */
const BODY =
  "margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;overflow-wrap:anywhere";

function htmlOf({ title, note, scores, comment, facts, link, language }: Summary): string {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body style="${BODY}">
<p style="margin:0 0 12px;font-weight:bold">${title}</p>
${note !== null && html`<p style="margin:0 0 12px">${note}</p>`}
${scores.map((score) => html`<p style="margin:0 0 4px">${score}</p>`)}
${
  comment !== null &&
  html`<blockquote dir="auto" style="margin:12px 0;padding:0 12px;border-left:4px solid #767676">${inLines(withoutLinks(comment))}</blockquote>`
}
${facts.map(({ name, value }) => html`<p style="margin:0 0 4px">${name}: ${withoutLinks(value)}</p>`)}
${link && html`<p style="margin:16px 0 0"><a href="${link.url}">${link.text}</a></p>`}
</body></html>
`.toString();
}

function inLines(text: string): Html[] {
  return text.split("\n").map((line, index) => html`${index > 0 && html`<br>`}${line}`);
}

/** Hands the mail to the mailer. The receiver's answer is what the mailer calls the mail. */
async function sendMail(
  { url, body }: Parameters<Sender>[0],
  { mailer }: Parameters<Sender>[1],
  shown: number,
): Promise<Attempt> {
  if ("missing" in mailer) return attempt({ failure: "no_mailer", detail: mailer.missing });
  const address = mailtoAddress(url);
  if (!address) return attempt({ failure: "refused_address", detail: "The address is none that mails go to." });
  const mail: WebhookMail = JSON.parse(body);
  return judged(await mailer.send({ ...mail, to: { address, name: "" } }), shown);
}

function judged(outcome: Outcome, shown: number): Attempt {
  if (outcome.accepted) return attempt({ answer: outcome.id.slice(0, shown) });
  const { kind, detail } = outcome;
  return kind === "unreachable"
    ? attempt({ failure: "not_reached", detail })
    : attempt({ failure: "mail_refused", detail, isFinal: kind === "hard" });
}

function attempt(what: Partial<Attempt>): Attempt {
  return { failure: null, status: null, detail: "", retryAfterMs: null, answer: "", ...what };
}
