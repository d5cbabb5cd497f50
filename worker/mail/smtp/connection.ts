/** A connection to a mail server: commands out, replies in. It knows the lines of SMTP, and nothing of what they mean. */
import type { SmtpServer } from "../settings.ts";
import type { Deadline } from "./deadline.ts";

/** A reply: its code, and the text of its lines. */
export type Reply = { code: number; lines: string[] };

/** The connection ended, or what came is no SMTP. The message is a whole sentence. */
export class Broken extends Error {}

export type Connect = (address: SocketAddress, options: SocketOptions) => Socket;

export type Connection = {
  /** The next reply of the server. */
  reply(deadline: Deadline): Promise<Reply>;
  write(text: string, deadline: Deadline): Promise<void>;
  /** Goes on by TLS, after the server has agreed to it. */
  startTls(deadline: Deadline): Promise<void>;
  /** Ends the connection at once. It never throws. */
  cut(): void;
};

/** RFC 5321 allows 512; servers that greet at length send more. */
const MOST_LINE = 4096;
const MOST_LINES = 200;

const encoder = new TextEncoder();

/** Opens a connection; throws `Broken` or `TooLate`. */
export async function openConnection(connect: Connect, server: SmtpServer, deadline: Deadline): Promise<Connection> {
  const { host: hostname, port, isTls } = server;
  let socket = connect({ hostname, port }, { secureTransport: isTls ? "on" : "starttls", allowHalfOpen: false });
  let ends = endsOf(socket);
  let received = "";
  let decoder = new TextDecoder();

  const cut = () => {
    socket.close().catch(() => {});
  };
  const guard = async <Result>(work: Promise<Result>, otherwise: string): Promise<Result> => {
    try {
      return await deadline(work.catch((error) => Promise.reject(new Broken(otherwise, { cause: error }))));
    } catch (error) {
      cut();
      throw error;
    }
  };

  await guard(socket.opened, "The mail server could not be reached.");

  async function line(within: Deadline): Promise<string> {
    while (!received.includes("\n")) {
      if (received.length > MOST_LINE) throw new Broken("The server does not speak SMTP.");
      const { done, value } = await within(ends.reader.read().catch((): { done: true; value?: undefined } => ENDED));
      if (done)
        throw new Broken(`The server broke the connection off${isTls ? ", or its certificate is not valid" : ""}.`);
      received += decoder.decode(value, { stream: true });
    }
    const at = received.indexOf("\n");
    const found = received.slice(0, at).replace(/\r$/, "");
    received = received.slice(at + 1);
    return found;
  }

  return {
    async reply(within) {
      const lines: string[] = [];
      while (lines.length < MOST_LINES) {
        const parts = /^(\d{3})([ -]?)(.*)$/.exec(await line(within));
        if (!parts) break;
        lines.push(parts[3]!);
        if (parts[2] !== "-") return { code: Number(parts[1]), lines };
      }
      throw new Broken("The server does not speak SMTP.");
    },
    async write(text, within) {
      await within(
        ends.writer.write(encoder.encode(text)).catch((error) => {
          throw new Broken("The server broke the connection off.", { cause: error });
        }),
      );
    },
    async startTls(within) {
      // What came in the clear behind the agreement was put there by somebody on the way (CVE-2011-0411).
      if (received !== "") throw new Broken("The server sent more before TLS began than it may.");
      ends.reader.releaseLock();
      ends.writer.releaseLock();
      socket = socket.startTls();
      ends = endsOf(socket);
      decoder = new TextDecoder();
      await within(
        socket.opened.catch((error) => {
          throw new Broken("TLS could not be set up: the server's certificate is not valid, or it broke off.", {
            cause: error,
          });
        }),
      );
    },
    cut,
  };
}

const ENDED = { done: true } as const;

function endsOf(socket: Socket) {
  // It rejects where the connection fails, which reading and writing tell too.
  socket.closed.catch(() => {});
  return {
    reader: socket.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>,
    writer: socket.writable.getWriter() as WritableStreamDefaultWriter<Uint8Array>,
  };
}
