/** Mails by SMTP, one after another over one connection. */
import type { Mailbox } from "../address.ts";
import type { Mail, Mailer, Outcome, Refused } from "../mail.ts";
import { refused } from "../mail.ts";
import { messageId, writeMime } from "../mime.ts";
import type { SmtpServer } from "../settings.ts";
import type { Connect } from "./connection.ts";
import { Broken } from "./connection.ts";
import type { Deadline } from "./deadline.ts";
import { deadlineIn, TooLate } from "./deadline.ts";
import type { Session } from "./session.ts";
import { beginSession } from "./session.ts";

export type SmtpWorld = { connect: Connect; clock: () => number; timeoutMs: number };

/** How long (ms) a server may take to say goodbye, for which nobody needs to wait. */
const GOODBYE_MS = 1000;

export function smtpMailer(server: SmtpServer, from: Mailbox, { connect, clock, timeoutMs }: SmtpWorld): Mailer {
  let session: Session | null = null;
  /** Why no mail is tried any more. */
  let closed: Refused | null = null;
  let before: Promise<unknown> = Promise.resolve();

  async function begin(deadline: Deadline): Promise<Session> {
    try {
      session = await beginSession(connect, server, from.address, deadline);
      return session;
    } catch (error) {
      closed = failure(error, timeoutMs, false);
      throw error;
    }
  }

  async function sendNow(mail: Mail): Promise<Outcome> {
    if (closed) return closed;
    const deadline = deadlineIn(timeoutMs);
    const id = messageId(mail, from);
    const message = writeMime(mail, from, clock());
    const envelope = { from: from.address, to: mail.to.address, id };
    let isHandedOver = false;
    const hand = (to: Session) =>
      to.hand(envelope, message, deadline, () => {
        isHandedOver = true;
      });
    const used = session;
    try {
      try {
        return await hand(used ?? (await begin(deadline)));
      } catch (error) {
        // Servers end a connection after so many mails, or so long a pause.
        if (!used || isHandedOver || !(error instanceof Broken)) throw error;
        used.cut();
        return await hand(await begin(deadline));
      }
    } catch (error) {
      session?.cut();
      session = null;
      if (error instanceof TooLate) closed = failure(error, timeoutMs, false);
      return failure(error, timeoutMs, isHandedOver);
    }
  }

  return {
    send(mail) {
      const sent = before.then(() => sendNow(mail));
      before = sent.catch(() => {});
      return sent;
    },
    async close() {
      await before;
      closed = null;
      const ending = session;
      session = null;
      await ending?.quit(deadlineIn(GOODBYE_MS));
    },
  };
}

/** What an error of the connection means for the mail; throws what is no such error. */
function failure(error: unknown, timeoutMs: number, uncertain: boolean): Refused {
  const detail =
    error instanceof TooLate
      ? `The mail server did not answer within ${timeoutMs / 1000} seconds.`
      : error instanceof Broken
        ? error.message
        : null;
  if (detail === null) throw error;
  return refused("unreachable", detail, uncertain);
}
