/** A mail, what becomes of it, and what sends it. */
import type { Mailbox } from "./address.ts";

/** A mail to one person, so that each has an outcome of its own. */
export type Mail = {
  /**
   * 1 to 64 letters, digits and `._-`, the same in each attempt and of no other mail: the Message-ID is made of it, so that a mail
   * that came twice can be told from two mails.
   */
  id: string;
  to: Mailbox;
  replyTo?: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** A tag of BCP 47. */
  language: string;
  /**
   * The address at which one POST unsubscribes the reader (RFC 8058). The headers are written for https alone: with an address of
   * one's own machine the mail has none.
   */
  unsubscribeUrl?: string;
};

/**
 * Why a mail was not accepted. `hard`: this mail is refused for good, because of its recipient or its content. `soft`: this mail
 * may be taken later. `unreachable`: it is not about this mail; the sender cannot be reached, lets nobody in, or refuses `MAIL_FROM`.
 */
export type RefusalKind = "hard" | "soft" | "unreachable";

export type Refused = {
  accepted: false;
  kind: RefusalKind;
  /** A whole sentence for the owner. It may hold what the server said, thus the recipient's address, and belongs into no log. */
  detail: string;
  /** The whole mail was handed over and the answer did not come: it may have been accepted. */
  uncertain: boolean;
};

/** `id`: what the sender calls the mail, for a search in its log. */
export type Outcome = { accepted: true; id: string } | Refused;

/**
 * Sends mails, one after another over one connection where there is one. `send` never throws, and says `accepted` only when the
 * sender has said so. Once no connection could be opened, or a server did not answer in time, the mails after it are `unreachable`
 * at once, so that a server that is down costs its time-out once; `close` forgets that. After `close`, a further `send` opens a connection again. A mailer lives as
 * long as the request or the cron that opened it: the platform lets no connection live longer.
 */
export type Mailer = { send(mail: Mail): Promise<Outcome>; close(): Promise<void> };

export function refused(kind: RefusalKind, detail: string, uncertain = false): Refused {
  return { accepted: false, kind, detail, uncertain };
}

const MOST_SAID = 300;

/** What a server said as one line of plain text, cut to a length that fits into a sentence. */
export function said(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  return [...line].slice(0, MOST_SAID).join("");
}
