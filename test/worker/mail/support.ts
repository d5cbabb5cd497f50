import type { MailAddress } from "../../../worker/mail/address.ts";
import { mailAddress } from "../../../worker/mail/address.ts";
import type { Mail } from "../../../worker/mail/mail.ts";

export function address(text: string): MailAddress {
  const found = mailAddress(text);
  if (!found) throw new Error(`no address: ${text}`);
  return found;
}

export function aMail(changes: Partial<Mail> = {}): Mail {
  return {
    id: "dlv_1",
    to: { address: address("ann@example.com"), name: 'Ann "A" Оля' },
    subject: "How was it?",
    text: "Hello",
    html: "<p>Hello</p>",
    language: "en",
    unsubscribeUrl: "https://feedback.example/u/1",
    ...changes,
  };
}
