/**
 * A conversation with a mail server by the protocol of submission (RFC 5321, 6409): it begins, takes mails, and ends. A password is
 * sent by TLS alone, and to this machine itself.
 */
import type { MailAddress } from "../address.ts";
import { domainOf } from "../address.ts";
import type { Outcome, RefusalKind } from "../mail.ts";
import { refused, said } from "../mail.ts";
import type { SmtpServer } from "../settings.ts";
import type { Connect, Connection, Reply } from "./connection.ts";
import { Broken, openConnection } from "./connection.ts";
import type { Deadline } from "./deadline.ts";
import { signIn } from "./sign-in.ts";

export type Envelope = { from: MailAddress; to: MailAddress; id: string };

export type Session = {
  /**
   * Hands over one mail. Throws `Broken` or `TooLate` where the connection does not serve any more; `handedOver` is called before the
   * last command, from which on the server may have taken the mail.
   */
  hand(envelope: Envelope, message: string, deadline: Deadline, handedOver: () => void): Promise<Outcome>;
  /** Ends the session politely, so that the server counts no error. */
  quit(deadline: Deadline): Promise<void>;
  cut(): void;
};

type Offers = { isTlsOffered: boolean; signIns: string[]; sizes: boolean };

/** Begins a session; throws `Broken` or `TooLate`. */
export async function beginSession(
  connect: Connect,
  server: SmtpServer,
  greeting: MailAddress,
  deadline: Deadline,
): Promise<Session> {
  const connection = await openConnection(connect, server, deadline);
  try {
    const { sizes } = await introduce(connection, server, domainOf(greeting), deadline);
    return {
      hand: (envelope, message, until, handedOver) =>
        hand(connection, { ...envelope, sizes }, message, until, handedOver),
      quit: async (until) => {
        await command(connection, "QUIT", until).catch(() => {});
        connection.cut();
      },
      cut: connection.cut,
    };
  } catch (error) {
    connection.cut();
    throw error;
  }
}

async function introduce(
  connection: Connection,
  server: SmtpServer,
  name: string,
  deadline: Deadline,
): Promise<Offers> {
  expect(await connection.reply(deadline), 220);
  let offers = await hello(connection, name, deadline);
  if (!server.isTls && offers.isTlsOffered) {
    expect(await command(connection, "STARTTLS", deadline), 220);
    await connection.startTls(deadline);
    // What was offered in the clear counts no more (RFC 3207).
    offers = await hello(connection, name, deadline);
  } else if (!server.isTls && !server.isLoopback)
    throw new Broken("The mail server offers no STARTTLS, and nothing is sent in the clear.");
  if (server.login) {
    const fault = await signIn(server.login, offers.signIns, (line) => command(connection, line, deadline));
    if (fault) throw new Broken(fault);
  }
  return offers;
}

async function hello(connection: Connection, name: string, deadline: Deadline): Promise<Offers> {
  const reply = await command(connection, `EHLO ${name}`, deadline);
  expect(reply, 250);
  const offers = reply.lines.slice(1).map((line) => line.trim().toUpperCase());
  return {
    isTlsOffered: offers.includes("STARTTLS"),
    // "AUTH=" is how old servers wrote it.
    signIns: offers.flatMap((line) => (/^AUTH[ =]/.test(line) ? line.slice(5).split(/ +/) : [])),
    sizes: offers.some((line) => /^SIZE\b/.test(line)),
  };
}

async function hand(
  connection: Connection,
  { from, to, id, sizes }: Envelope & { sizes: boolean },
  message: string,
  deadline: Deadline,
  handedOver: () => void,
): Promise<Outcome> {
  const ask = (line: string) => command(connection, line, deadline);
  const size = sizes ? ` SIZE=${message.length}` : "";
  const sender = await ask(`MAIL FROM:<${from}>${size}`);
  // 552 is about the size of this mail; another refusal for good is about MAIL_FROM, and no mail would fare better.
  if (!isGood(sender)) return refuse(connection, sender, deadline, sender.code === 552 ? "hard" : "unreachable");
  const recipient = await ask(`RCPT TO:<${to}>`);
  if (!isGood(recipient)) return refuse(connection, recipient, deadline, "hard");
  const data = await ask("DATA");
  if (data.code !== 354) return refuse(connection, data, deadline, "hard");
  handedOver();
  // A line that is a dot ends the mail, so a dot at the beginning of a line is doubled.
  const last = await command(connection, `${message.replace(/^\./gm, "..")}.`, deadline);
  if (isGood(last)) return { accepted: true, id };
  // The server has forgotten the mail, whatever it said.
  if (last.code === CLOSING) connection.cut();
  return refusal(last, last.code === CLOSING ? "unreachable" : kindOf(last, "hard"));
}

/**
 * What a refusal means, and makes the server forget the mail, so that the next can be handed over. `forGood`: what 5xx means where
 * it was said. A server that closes has not looked at the mail: that throws `Broken`.
 */
async function refuse(
  connection: Connection,
  reply: Reply,
  deadline: Deadline,
  forGood: RefusalKind,
): Promise<Outcome> {
  if (reply.code === CLOSING) throw new Broken(`The mail server wants to be asked later: ${shown(reply)}`);
  const reset = await command(connection, "RSET", deadline).catch(() => null);
  if (reset?.code !== 250) connection.cut();
  return refusal(reply, kindOf(reply, forGood));
}

/** "Service not available, closing the connection": the answer to any command. */
const CLOSING = 421;

function kindOf({ code }: Reply, forGood: RefusalKind): RefusalKind {
  return code >= 500 ? forGood : "soft";
}

function refusal(reply: Reply, kind: RefusalKind): Outcome {
  return refused(kind, `The mail server answered: ${shown(reply)}`);
}

function shown({ code, lines }: Reply): string {
  return said(`${code} ${lines.join(" ")}`);
}

async function command(connection: Connection, line: string, deadline: Deadline): Promise<Reply> {
  await connection.write(`${line}\r\n`, deadline);
  return connection.reply(deadline);
}

function expect(reply: Reply, code: number): void {
  if (reply.code !== code) throw new Broken(`The mail server does not serve at present: ${shown(reply)}`);
}

function isGood({ code }: Reply): boolean {
  return code >= 200 && code < 300;
}
