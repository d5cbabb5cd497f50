/** Mails by the API of Resend (resend.com/docs/api-reference). */
import type { Mailbox } from "../address.ts";
import { mailboxText, oneLine } from "../header.ts";
import type { Mailer, Outcome, RefusalKind } from "../mail.ts";
import { refused } from "../mail.ts";
import { extraFields } from "../mime.ts";
import type { Answer, ApiWorld } from "./ask.ts";
import { apiSaid, ask } from "./ask.ts";

export function resendMailer(key: string, from: Mailbox, world: ApiWorld): Mailer {
  return {
    send: (mail) =>
      ask(
        world,
        "https://api.resend.com/emails",
        // Of a mail that is handed over twice within a day Resend sends one.
        { Authorization: `Bearer ${key}`, "Idempotency-Key": mail.id },
        {
          from: mailboxText(from),
          to: [mailboxText(mail.to)],
          ...(mail.replyTo && { reply_to: mailboxText(mail.replyTo) }),
          subject: oneLine(mail.subject),
          text: mail.text,
          html: mail.html,
          headers: Object.fromEntries(extraFields(mail)),
        },
        judge,
      ),
    close: async () => {},
  };
}

function judge({ status, body }: Answer): Outcome {
  if (status === 200 && typeof body.id === "string") return { accepted: true, id: body.id };
  return refused(kindOf(status, body.name), apiSaid("Resend", status, body.name, body.message), status === 200);
}

/** 401 and 403 are about the key and the domain, 422 and the like about the mail. */
function kindOf(status: number, name: unknown): RefusalKind {
  if (name === "invalid_from_address") return "unreachable";
  if (status === 429 || name === "concurrent_idempotent_requests") return "soft";
  return [400, 409, 413, 422].includes(status) ? "hard" : "unreachable";
}
