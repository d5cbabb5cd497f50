/** Mails by the API of Postmark (postmarkapp.com/developer/api/email-api). */
import type { Mailbox } from "../address.ts";
import { mailboxText, oneLine } from "../header.ts";
import type { Mailer, Outcome, RefusalKind } from "../mail.ts";
import { refused } from "../mail.ts";
import { extraFields, messageId } from "../mime.ts";
import type { Answer, ApiWorld } from "./ask.ts";
import { apiSaid, ask } from "./ask.ts";

export function postmarkMailer(key: string, from: Mailbox, world: ApiWorld): Mailer {
  return {
    send: (mail) =>
      ask(
        world,
        "https://api.postmarkapp.com/email",
        { "X-Postmark-Server-Token": key },
        {
          From: mailboxText(from),
          To: mailboxText(mail.to),
          ...(mail.replyTo && { ReplyTo: mailboxText(mail.replyTo) }),
          Subject: oneLine(mail.subject),
          TextBody: mail.text,
          HtmlBody: mail.html,
          Headers: [
            ["Message-ID", messageId(mail, from)],
            // Else Postmark writes a Message-ID of its own.
            ["X-PM-KeepID", "true"],
            ...extraFields(mail),
          ].map(([Name, Value]) => ({ Name, Value })),
        },
        judge,
      ),
    close: async () => {},
  };
}

function judge({ status, body }: Answer): Outcome {
  const { ErrorCode, Message, MessageID } = body;
  if (status === 200 && ErrorCode === 0 && typeof MessageID === "string") return { accepted: true, id: MessageID };
  return refused(kindOf(status, ErrorCode), apiSaid("Postmark", status, ErrorCode, Message), status === 200);
}

/** "Invalid email request", "Inactive recipient": the two faults of 422 that are about the mail. The others are about the account. */
const OF_THE_MAIL: readonly unknown[] = [300, 406];

function kindOf(status: number, code: unknown): RefusalKind {
  if (status === 429 || code === 429) return "soft";
  return status === 413 || (status === 422 && OF_THE_MAIL.includes(code)) ? "hard" : "unreachable";
}
