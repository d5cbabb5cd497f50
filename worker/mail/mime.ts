/**
 * Writes a mail as it is sent by SMTP: ASCII alone, lines of at most 78 characters but for addresses, in UTF-8 by Base64 where it
 * holds more. So it passes through every server, and no line of what people wrote can be taken for a line of the protocol.
 */
import type { Mailbox } from "./address.ts";
import { domainOf } from "./address.ts";
import { base64Lines } from "./base64.ts";
import { field, mailboxField, textField } from "./header.ts";
import type { Mail } from "./mail.ts";

const CRLF = "\r\n";

/** The Message-ID of a mail, with its brackets. Throws for an id that a caller may not give. */
export function messageId(mail: Mail, from: Mailbox): string {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(mail.id)) throw new Error("a mail's id is 1 to 64 letters, digits and ._-");
  return `<${mail.id}@${domainOf(from.address)}>`;
}

/** The fields that not every sender writes by itself. */
export function extraFields(mail: Mail): [name: string, value: string][] {
  const { unsubscribeUrl = "", language } = mail;
  const url = URL.canParse(unsubscribeUrl) ? new URL(unsubscribeUrl) : null;
  return [
    // RFC 3834: no mailbox answers it by itself.
    ["Auto-Submitted", "auto-generated"],
    ["Content-Language", language],
    ...(url?.protocol === "https:"
      ? ([
          ["List-Unsubscribe", `<${url.href}>`],
          ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
        ] as [string, string][])
      : []),
  ];
}

/** The whole mail. `now` (ms) is the time of the attempt. */
export function writeMime(mail: Mail, from: Mailbox, now: number): string {
  const boundary = `=_${crypto.randomUUID()}`;
  return [
    mailboxField("From", from),
    mailboxField("To", mail.to),
    ...(mail.replyTo ? [mailboxField("Reply-To", mail.replyTo)] : []),
    textField("Subject", mail.subject),
    field("Date", new Date(now).toUTCString().replace("GMT", "+0000")),
    field("Message-ID", messageId(mail, from)),
    ...extraFields(mail).map(([name, value]) => field(name, value)),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;${CRLF} boundary="${boundary}"`,
    "",
    // The last part is the one that is shown where it can be.
    `--${boundary}`,
    ...part("text/plain", mail.text),
    `--${boundary}`,
    ...part("text/html", mail.html),
    `--${boundary}--`,
    "",
  ].join(CRLF);
}

function part(type: string, content: string): string[] {
  const lines = content.toWellFormed().split(/\r\n|\r|\n/);
  const isPlain = lines.every((line) => /^[\t\x20-\x7e]{0,76}$/.test(line));
  return [
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${isPlain ? "7bit" : "base64"}`,
    "",
    ...(isPlain ? lines : base64Lines(lines.join(CRLF))),
  ];
}
