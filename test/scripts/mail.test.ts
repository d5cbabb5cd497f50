/** Mails by SMTP: the collector's mailer in a real Worker, and mail servers of this machine that serve well, badly or not at all. */
import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import type { Temper } from "../support/mail/server.ts";
import { aLawlessServer, aMailServer, certificates, no, PASSWORD, USER } from "../support/mail/server.ts";

type Outcome = { accepted: boolean; id?: string; kind?: string; detail?: string; uncertain?: boolean };
type Mail = ReturnType<typeof aMail>;

let collector: TestCollector;
/** What the runtime wrote: it logs each certificate that it does not believe. */
let log = "";
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  vi.stubEnv("NODE_EXTRA_CA_CERTS", certificates.trusted);
  const output = new Writable({
    write: (chunk, _, done) => {
      log += chunk;
      done();
    },
  });
  collector = await startCollector({
    main: "test/support/worker-mailer.ts",
    toml: '[[send_email]]\nname = "EMAIL"',
    output,
  });
});
afterAll(() => collector?.stop());
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

let made = 0;
function aMail(changes: object = {}) {
  return {
    id: `mail-${++made}`,
    to: { address: "ann@example.com", name: "Ann" },
    subject: "How was it?",
    text: "Hello,\nhow was it?",
    html: "<p>Hello,<br>how was it?</p>",
    language: "en",
    ...changes,
  };
}

async function send(MAILER: string, mails: Mail[], how: object = {}): Promise<Outcome[]> {
  const reply = await fetch(`${collector.url}/v1/mail`, {
    method: "POST",
    body: JSON.stringify({ MAILER, mails, ...how }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  // Neither a password nor what it is sent as is ever told.
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString("base64")])
    expect(text + log).not.toContain(secret);
  return JSON.parse(text);
}

const secret = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;
const addressOf = ({ port }: { port: number }, scheme = "smtp", login = `${secret}@`) =>
  `${scheme}://${login}localhost:${port}`;

async function aServer(temper?: Temper) {
  const server = await aMailServer(temper);
  stops.push(server.stop);
  return server;
}

async function aLawless(...how: Parameters<typeof aLawlessServer>) {
  const server = await aLawlessServer(...how);
  stops.push(server.stop);
  return server;
}

describe("a mail server", () => {
  it.each([
    ["by STARTTLS and PLAIN", "smtp", {}, secret],
    ["by TLS", "smtps", { secure: true }, secret],
    ["that offers LOGIN alone", "smtp", { authMethods: ["LOGIN"] }, secret],
    ["of this machine without TLS and password", "smtp", { disabledCommands: ["STARTTLS", "AUTH"] }, ""],
  ])("%s takes a mail", async (_, scheme, temper, login) => {
    const server = await aServer(temper as Temper);
    const mail = aMail();
    const [outcome] = await send(addressOf(server, scheme, login && `${login}@`), [mail]);
    expect(outcome).toEqual({ accepted: true, id: `<${mail.id}@shop.example>` });
    expect(server.taken).toMatchObject([
      { from: "feedback@shop.example", to: ["ann@example.com"], user: login ? USER : undefined, isTls: login !== "" },
    ]);
  });

  it("takes many mails over one connection, each with an outcome of its own", async () => {
    const server = await aServer({
      onRcptTo: ({ address }, _, done) => {
        if (address.startsWith("gone")) done(no(550, "5.1.1 no such user"));
        else if (address.startsWith("later")) done(no(450, "4.2.0 greylisted, try again"));
        else done();
      },
      onMail: (count) => (count === 2 ? no(554, "5.7.1 looks like spam") : count === 3 ? no(452, "4.3.1 full") : null),
    });
    const to = (address: string) => aMail({ to: { address, name: "" } });
    const mails = [
      "a@b.example",
      "gone@b.example",
      "later@b.example",
      "spam@b.example",
      "full@b.example",
      "z@b.example",
    ];
    for (const atOnce of [false, true]) {
      const outcomes = await send(addressOf(server), mails.map(to), { atOnce });
      if (!atOnce)
        expect(outcomes).toEqual([
          { accepted: true, id: expect.stringMatching(/^<.+@shop\.example>$/) },
          aRefusal("hard", "The mail server answered: 550 5.1.1 no such user"),
          aRefusal("soft", "The mail server answered: 450 4.2.0 greylisted, try again"),
          aRefusal("hard", "The mail server answered: 554 5.7.1 looks like spam"),
          aRefusal("soft", "The mail server answered: 452 4.3.1 full"),
          { accepted: true, id: expect.any(String) },
        ]);
      expect(outcomes.filter(({ accepted }) => accepted)).toHaveLength(atOnce ? 4 : 2);
    }
    expect(server.taken.map(({ to: [address] }) => address)).toEqual([
      ...["a@b.example", "z@b.example"],
      ...["a@b.example", "spam@b.example", "full@b.example", "z@b.example"],
    ]);
    expect(server.connections()).toBe(2);
  });

  it("that ends a connection after two mails is connected with again, and each mail comes once", async () => {
    const server = await aServer({
      onMailFrom: (_, session, done) => {
        const { mails = 0 } = session as { mails?: number };
        (session as { mails?: number }).mails = mails + 1;
        done(mails >= 2 ? no(421, "4.7.0 too many mails") : null);
      },
    });
    const mails = Array.from({ length: 5 }, () => aMail());
    expect((await send(addressOf(server), mails)).every(({ accepted }) => accepted)).toBe(true);
    expect(server.taken.map(({ mail }) => mail.messageId)).toEqual(mails.map(({ id }) => `<${id}@shop.example>`));
    expect(server.connections()).toBe(3);
  });
});

it("Cloudflare's Email Service, as its local runtime plays it, takes a mail", async () => {
  const outcomes = await send("cloudflare", [
    aMail({ subject: "Привіт", unsubscribeUrl: "https://feedback.example/u/1" }),
  ]);
  expect(outcomes).toEqual([{ accepted: true, id: expect.stringMatching(/@shop\.example/) }]);
});

function aRefusal(kind: string, detail: unknown, uncertain = false) {
  return { accepted: false, kind, detail, uncertain };
}

describe("a mail server that", () => {
  const SILENT = "The mail server did not answer within 0.5 seconds.";
  const greets = (socket: { write(text: string): void }) => socket.write("220 here\r\n");
  const tls = (line: string, after: string) => (line.startsWith("EHLO") ? "250-here\r\n250 STARTTLS\r\n" : after);

  it.each<[string, Temper, string]>([
    [
      "lets nobody in with the password",
      { onAuth: (_, __, done) => done(no(535, `5.7.8 not ${PASSWORD}`)) },
      "The mail server refuses the user name or the password of MAILER (535 5.7.8).",
    ],
    [
      "cannot look passwords up",
      { onAuth: (_, __, done) => done(no(454, "4.7.0 later")) },
      "The mail server cannot sign anybody in at present (454 4.7.0).",
    ],
    [
      "offers other ways to sign in alone",
      { authMethods: ["XOAUTH2"] },
      "The mail server offers neither of the ways to sign in, PLAIN and LOGIN.",
    ],
    [
      "lets nobody sign in",
      { disabledCommands: ["AUTH"] },
      "The mail server lets nobody sign in, though MAILER has a user name.",
    ],
    [
      "is closed",
      { onConnect: (_, done) => done(no(554, "5.3.2 no service")) },
      "The mail server does not serve at present: 554 5.3.2 no service",
    ],
    [
      "refuses the sender",
      { onMailFrom: (_, __, done) => done(no(553, "5.7.1 not your address")) },
      "The mail server answered: 553 5.7.1 not your address",
    ],
    [
      "has a certificate that nobody has signed",
      { certificate: "untrusted" },
      "TLS could not be set up: the server's certificate is not valid, or it broke off.",
    ],
  ])("%s", async (_, temper, detail) => {
    const server = await aServer(temper);
    expect(await send(addressOf(server), [aMail()])).toEqual([aRefusal("unreachable", detail)]);
    expect(server.taken).toEqual([]);
  });

  it.each<[string, Parameters<typeof aLawlessServer>, unknown]>([
    ["closes at once", [(socket) => socket.destroy()], expect.stringContaining("broke the connection off")],
    ["says nothing", [() => {}], SILENT],
    ["speaks HTTP", [(socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")], "The server does not speak SMTP."],
    ["never ends a line", [(socket) => socket.write("2".repeat(9000))], "The server does not speak SMTP."],
    ["never ends a reply", [(socket) => socket.write("220-a\r\n".repeat(300))], "The server does not speak SMTP."],
    [
      "takes back STARTTLS",
      [greets, (line, socket) => socket.write(tls(line, "454 not now\r\n"))],
      "The mail server does not serve at present: 454 not now",
    ],
    [
      "breaks off instead of TLS",
      [
        greets,
        (line, socket) => {
          socket.write(tls(line, "220 go\r\n"));
          if (line === "STARTTLS") socket.destroy();
        },
      ],
      expect.stringMatching(/^TLS could not be set up/),
    ],
    [
      "talks in the clear after STARTTLS",
      [greets, (line, socket) => socket.write(tls(line, "220 go\r\n250 more\r\n"))],
      "The server sent more before TLS began than it may.",
    ],
  ])("%s", async (_, how, detail) => {
    const server = await aLawless(...how);
    // What is bad shows at once; only silence is waited for.
    const timeoutMs = detail === SILENT ? 500 : 10_000;
    const outcomes = await send(addressOf(server), [aMail(), aMail()], { timeoutMs });
    expect(outcomes).toEqual([aRefusal("unreachable", detail), aRefusal("unreachable", detail)]);
    // The second mail did not wait for it again.
    expect(server.connections()).toBe(1);
  });

  it("has a certificate of another name", async () => {
    const server = await aServer();
    const numbered = addressOf(server).replace("@localhost", "@127.0.0.1");
    expect(await send(numbered, [aMail()])).toEqual([aRefusal("unreachable", expect.stringMatching(/^TLS/))]);
  });

  it("is not there", async () => {
    const server = await aLawless(() => {});
    await server.stop();
    stops.pop();
    expect(await send(addressOf(server), [aMail()])).toEqual([aRefusal("unreachable", expect.any(String))]);
  });

  it("speaks no TLS at the port of TLS", async () => {
    const server = await aServer();
    const [outcome] = await send(addressOf(server, "smtps"), [aMail()], { timeoutMs: 1500 });
    expect(outcome).toEqual(aRefusal("unreachable", expect.any(String)));
  });

  it("offers no STARTTLS gets neither a password nor a mail, unless it is this machine", async () => {
    const server = await aServer({ disabledCommands: ["STARTTLS"] });
    const named = "mail.example";
    const far = addressOf(server).replace("@localhost", `@${named}`);
    const detail = "The mail server offers no STARTTLS, and nothing is sent in the clear.";
    expect(await send(far, [aMail()], { named })).toEqual([aRefusal("unreachable", detail)]);
    expect(server.taken).toEqual([]);
    expect(await send(addressOf(server), [aMail()])).toMatchObject([{ accepted: true }]);
  });

  // The mail may have arrived whole: only the server knows.
  it.each<[string, (line: string, socket: Socket) => void, number, unknown]>([
    [
      "breaks off in the middle of a mail",
      (line, socket) => line.startsWith("From:") && socket.destroy(),
      10_000,
      "The server broke the connection off.",
    ],
    [
      "takes a mail and breaks off",
      (line, socket) => line === "." && socket.destroy(),
      10_000,
      "The server broke the connection off.",
    ],
    ["takes a mail and says nothing", () => {}, 2000, "The mail server did not answer within 2 seconds."],
  ])("%s: the mail is not said to be accepted, nor sent again", async (_, act, timeoutMs, detail) => {
    const server = await aLawless(greets, (line, socket) => {
      if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write("250 ok\r\n");
      if (line === "DATA") socket.write("354 go\r\n");
      act(line, socket);
    });
    const outcomes = await send(addressOf(server, "smtp", ""), [aMail()], { timeoutMs });
    expect(outcomes).toEqual([aRefusal("unreachable", detail, true)]);
    expect(server.connections()).toBe(1);
  });

  it("breaks off before a mail's content has cost no more than this mail", async () => {
    let mails = 0;
    const server = await aLawless(greets, (line, socket) => {
      if (line.startsWith("RCPT") && ++mails === 1) return socket.destroy();
      if (/^(EHLO|MAIL|RCPT|\.$|QUIT)/.test(line)) socket.write("250 ok\r\n");
      if (line === "DATA") socket.write("354 go\r\n");
    });
    expect(await send(addressOf(server, "smtp", ""), [aMail(), aMail()])).toMatchObject([
      { accepted: false, kind: "unreachable", uncertain: false },
      { accepted: true },
    ]);
  });

  it("is slow, but not too slow, is waited for", async () => {
    const server = await aServer({ onRcptTo: (_, __, done) => void setTimeout(done, 300) });
    expect(await send(addressOf(server), [aMail()])).toMatchObject([{ accepted: true }]);
  });
});

describe("a mail arrives as it was written", () => {
  const long = "слово ".repeat(1700);
  it.each<[string, object]>([
    ["in English", { subject: "How was it?" }],
    ["in Ukrainian", { subject: "Як вам наша крамниця? ".repeat(12).trim(), text: "Привіт,\n\nяк справи?" }],
    ["in Arabic", { subject: "كيف كانت تجربتك معنا؟", text: "شكرا لكم", html: '<p dir="rtl">شكرا</p>' }],
    [
      "with emoji",
      { subject: "👍🏽👩‍👩‍👧‍👦".repeat(9), text: "👍🏽", to: { address: "ann@example.com", name: "Ann 👩‍💻" } },
    ],
    ["with lines of 10 kB", { text: `${long}\n${"x".repeat(10_240)}\nend`, html: `<p>${"y".repeat(10_240)}</p>` }],
    [
      "with dots and what looks like SMTP",
      { text: ".\n..\n.QUIT\nRCPT TO:<a@b.example>\n.\n", html: ".\n<p>.</p>\n." },
    ],
    [
      "with what looks like MIME",
      { subject: "=?utf-8?Q?no?=", text: "--=_\nContent-Type: text/html\n\n=?utf-8?Q?no?=" },
    ],
    ["with quotes in the name", { to: { address: "a.o'neil+x@example.com", name: 'Ann "Annie" O\\Neil, <b>' } }],
  ])("%s", async (_, changes) => {
    const server = await aServer();
    const mail = { ...aMail(), ...changes };
    expect(await send(addressOf(server), [mail])).toMatchObject([{ accepted: true }]);
    const [{ mail: read, raw, to } = expect.fail()] = server.taken;
    // The reader ends each part with a line break.
    const lines = (text?: string) => text?.replace(/\r\n/g, "\n").replace(/\n$/, "");
    expect({ subject: read.subject, text: lines(read.text), html: lines(read.html), to: read.to }).toEqual({
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      to: [mail.to],
    });
    expect(to).toEqual([mail.to.address]);
    expect(read.from).toEqual({ address: "feedback@shop.example", name: "Відгуки, крамниця" });
    expect(read).toMatchObject({ date: "2026-11-22T12:00:00.000Z", messageId: `<${mail.id}@shop.example>` });
    expect(raw).toMatch(/^[\r\n\t\x20-\x7e]*$/);
    expect(Math.max(...raw.split("\r\n").map(({ length }) => length))).toBeLessThanOrEqual(78);
    expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("with the headers of a mail that a machine writes, and of one that can be unsubscribed from", async () => {
    const server = await aServer();
    const unsubscribeUrl = `https://feedback.example/u/${"t".repeat(150)}`;
    const replyTo = { address: "team@shop.example", name: "" };
    await send(addressOf(server), [
      aMail({ unsubscribeUrl, replyTo, language: "uk" }),
      aMail({ unsubscribeUrl: "http://127.0.0.1:8787/u/x" }),
    ]);
    const fieldsOf = (at: number) =>
      Object.fromEntries(server.taken[at]!.mail.headers.map(({ key, value }) => [key, value]));
    expect(fieldsOf(0)).toMatchObject({
      "auto-submitted": "auto-generated",
      "content-language": "uk",
      "list-unsubscribe": `<${unsubscribeUrl}>`,
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      "reply-to": "team@shop.example",
    });
    expect(fieldsOf(1)).not.toHaveProperty("list-unsubscribe");
    expect(fieldsOf(1)).not.toHaveProperty("list-unsubscribe-post");
  });

  it("and no text of it becomes a header", async () => {
    const server = await aServer();
    const attacks = [
      "\r\nBcc: evil@example.com",
      "\nX-Evil: 1",
      "\rX-Evil: 1",
      "\u2028X-Evil: 1",
      "a\0b",
      "\r\n\r\nbody",
    ];
    const mails = attacks.map((text) =>
      aMail({ subject: `Hello${text}`, to: { address: "ann@example.com", name: `Ann${text}` } }),
    );
    expect((await send(addressOf(server), mails)).every(({ accepted }) => accepted)).toBe(true);
    const usual = ["from", "to", "subject", "date", "message-id", "auto-submitted", "content-language"];
    for (const { mail, to } of server.taken) {
      expect(mail.headers.map(({ key }) => key)).toEqual([...usual, "mime-version", "content-type"]);
      expect(to).toEqual(["ann@example.com"]);
      expect(mail.text).toBe("Hello,\nhow was it?\n");
    }
  });
});
