/** Mail servers on this machine: one that serves by the rules, with its temper set by a test, and one that reads from a script. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Email } from "postal-mime";
import PostalMime from "postal-mime";
import type { SMTPServerOptions } from "smtp-server";
import { SMTPServer } from "smtp-server";
import { root } from "../../../scripts/paths.ts";

const pem = (name: string) => join(root, `test/support/mail/${name}.pem`);

/** Certificates of localhost, each with its key: valid until 2126, and good for nothing else. */
export const certificates = { trusted: pem("trusted"), untrusted: pem("untrusted") };

/** What a server took: the envelope, the mail as it came, and as a mail program reads it. */
export type Taken = { from: string; to: string[]; user: string | undefined; isTls: boolean; raw: string; mail: Email };

/** A refusal by the server: its code and text. */
export function no(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

export const USER = "user@shop.example";
export const PASSWORD = "пароль:/@ 1";

export type Temper = SMTPServerOptions & {
  /** By default any that is free. */
  port?: number;
  certificate?: keyof typeof certificates;
  onMail?: (count: number) => Error | null;
};

export type MailServer = {
  port: number;
  taken: Taken[];
  /** How many connections there were, and how many are open. */
  connections(): number;
  open(): number;
  stop(): Promise<void>;
};

/** A server by the rules. It takes every mail where `temper` does not say otherwise, and lets in whoever knows the password. */
export async function aMailServer({
  port = 0,
  certificate = "trusted",
  onMail,
  ...temper
}: Temper = {}): Promise<MailServer> {
  const key = readFileSync(certificates[certificate]);
  const taken: Taken[] = [];
  let connections = 0;
  let asked = 0;
  const server = new SMTPServer({
    key,
    cert: key,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_, done) => {
      connections++;
      done();
    },
    onAuth: ({ username, password }, _, done) =>
      username === USER && password === PASSWORD
        ? done(null, { user: username })
        : done(no(535, `5.7.8 no such password: ${password}`)),
    onData: (stream, { envelope, user, secure }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const refusal = onMail?.(++asked) ?? null;
        if (refusal) return done(refusal);
        const raw = Buffer.concat(chunks);
        taken.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          user,
          isTls: secure,
          raw: raw.toString("latin1"),
          mail: await PostalMime.parse(raw),
        });
        done();
      });
    },
    ...temper,
  });
  // A client that does not trust the certificate breaks off.
  server.on("error", () => {});
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    connections: () => connections,
    open: () => server.connections.size,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server without rules: `act` gets each connection, and each line that comes over it. */
export async function aLawlessServer(
  begin: (socket: Socket) => void,
  act: (line: string, socket: Socket) => void = () => {},
): Promise<{ port: number; connections(): number; stop(): Promise<void> }> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.setEncoding("latin1").on("data", (text: string) => {
      for (const line of text.split("\r\n")) if (line !== "") act(line, socket);
    });
    begin(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
