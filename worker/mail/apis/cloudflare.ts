/** Mails by Cloudflare's Email Service, which the Worker is bound to (developers.cloudflare.com/email-service). */
import type { Mailbox } from "../address.ts";
import { oneLine } from "../header.ts";
import type { Mail, Mailer, Outcome, RefusalKind } from "../mail.ts";
import { refused, said } from "../mail.ts";
import { extraFields } from "../mime.ts";

/** What is about the recipient or the content. */
const HARD = new Set(["E_RECIPIENT_NOT_ALLOWED", "E_RECIPIENT_SUPPRESSED", "E_CONTENT_TOO_LARGE", "E_DELIVERY_FAILED"]);
const SOFT = new Set(["E_RATE_LIMIT_EXCEEDED", "E_DAILY_LIMIT_EXCEEDED", "E_INTERNAL_SERVER_ERROR"]);

/** Cloudflare writes Date and Message-ID itself and allows no others. */
export function cloudflareMailer(binding: SendEmail, from: Mailbox): Mailer {
  return { send: (mail) => send(binding, from, mail), close: async () => {} };
}

async function send(binding: SendEmail, from: Mailbox, mail: Mail): Promise<Outcome> {
  const { subject, text, html, to, replyTo } = mail;
  try {
    const { messageId } = await binding.send({
      from: party(from),
      to: party(to),
      ...(replyTo && { replyTo: party(replyTo) }),
      subject: oneLine(subject),
      text,
      html,
      headers: Object.fromEntries(extraFields(mail)),
    });
    return { accepted: true, id: messageId };
  } catch (error) {
    const { code = "", message = "" } = error as { code?: string; message?: string };
    return refused(kindOf(code), `Cloudflare answered: ${said(`${code} ${message}`)}`);
  }
}

function kindOf(code: string): RefusalKind {
  if (HARD.has(code) || /^E_(HEADER|VALIDATION)/.test(code)) return "hard";
  return SOFT.has(code) ? "soft" : "unreachable";
}

function party({ address, name }: Mailbox): string | EmailAddress {
  const line = oneLine(name);
  return line === "" ? address : { email: address, name: line };
}
