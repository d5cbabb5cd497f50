/** A mailing by SMTP, from the call to the mail server: one that takes, refuses, asks to wait, is down, and a collector that is killed. */
import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../scripts/ports.ts";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import type { Mailing } from "../../shared/schema/mailing.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import type { MailServer, Temper } from "../support/mail/server.ts";
import { aMailServer, no } from "../support/mail/server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const PEOPLE = Array.from({ length: 30 }, (_, index) => `p${index}@shop.example`);
const MINUTE = 60_000;

let state: string;
let port: number;
let collector: TestCollector;
let server: MailServer;
let survey: string;
let ahead = 0;

async function startHurried(): Promise<void> {
  collector = await startCollector({
    main: "test/support/worker-hurried.ts",
    state,
    env: {
      MAILER: `smtp://localhost:${port}`,
      MAIL_FROM: "Shop <feedback@shop.example>",
      MAILS_PER_MINUTE: "1000",
      MAIL_TIMEOUT_SECONDS: "5",
      PUBLIC_URL: "https://feedback.example",
    },
  });
}

async function serve(temper: Temper = {}): Promise<void> {
  server = await aMailServer({ disabledCommands: ["STARTTLS", "AUTH"], port, ...temper });
}

beforeAll(async () => {
  state = await temporaryFolder();
  port = await freePort();
  await startHurried();
});
afterAll(async () => {
  await collector?.stop();
  await rm(state, { recursive: true, force: true });
});
beforeEach(async () => {
  survey = (await api<{ id: string }>("POST", "/v1/surveys", { name: "Shop" })).id;
});
afterEach(() => server?.stop());

async function api<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const reply = await fetch(`${collector.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${reply.status} ${text}`);
  return JSON.parse(text || "null");
}

async function send(): Promise<string> {
  const respondents = PEOPLE.map((email) => ({ id: `${survey}-${email}`, email }));
  const reply = await api<InvitationsReply>("POST", `/v1/surveys/${survey}/invitations`, { respondents, send: true });
  return reply.mailing!;
}

const read = (mailing: string) => api<Mailing>("GET", `/v1/surveys/${survey}/mailings/${mailing}`);

/** Lets the collector's clock go on by `ms`, and its cron run. */
async function after(ms: number): Promise<void> {
  ahead += ms;
  await fetch(`${collector.url}/test/ahead?ms=${ahead}`, { method: "POST" });
  await (await fetch(`${collector.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`)).text();
}

/** The mailing once `holds` is true of it; the cron runs again and again meanwhile. */
async function once(mailing: string, holds: (mailing: Mailing) => boolean, stepMs = 0): Promise<Mailing> {
  for (;;) {
    const found = await read(mailing);
    if (holds(found)) return found;
    await after(stepMs);
  }
}

const sentTo = () => server.taken.map(({ to: [address] }) => address!);

it("reaches each person once, with a way to unsubscribe by one click, and begins without a cron", async () => {
  await serve();
  const mailing = await send();
  await expect.poll(() => server.taken.length, { timeout: 2000 }).toBeGreaterThan(0);
  const { counts } = await once(mailing, ({ state }) => state === "done");
  expect(counts).toMatchObject({ queued: 30, accepted: 30, refused: 0, uncertain: 0 });
  expect(sentTo().sort()).toEqual(PEOPLE.toSorted());
  const fields = Object.fromEntries(server.taken[0]!.mail.headers.map(({ key, value }) => [key, value]));
  expect(fields["list-unsubscribe"]).toMatch(/^<https:\/\/feedback\.example\/u\/[\w-]+>$/);
  expect(fields["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
  const { pathname } = new URL(fields["list-unsubscribe"]!.slice(1, -1));
  const click = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  expect((await fetch(collector.url + pathname, { method: "POST", body: click })).status).toBe(200);
});

it("does not try again whom the server refuses, and waits for one that greylists", async () => {
  const seen = new Set<string>();
  await serve({
    onRcptTo: ({ address }, _, done) => {
      if (address === PEOPLE[3]) return done(no(550, "5.1.1 no such user"));
      const isKnown = seen.has(address);
      seen.add(address);
      done(isKnown ? null : no(450, "4.2.0 greylisted, try again"));
    },
  });
  const mailing = await send();
  const { counts } = await once(mailing, ({ state }) => state === "done", 3 * MINUTE);
  expect(counts).toMatchObject({ accepted: 29, refused: 1, refused_by: { hard: 1 }, uncertain: 0 });
  expect(sentTo().sort()).toEqual(PEOPLE.filter((each) => each !== PEOPLE[3]).sort());
});

it("waits for a server that is down, and loses nothing by it", async () => {
  const mailing = await send();
  const waiting = await once(mailing, ({ waits_for }) => waits_for === "mailer");
  expect(waiting).toMatchObject({ state: "sending", counts: { waiting: 30, accepted: 0, refused: 0 } });
  await after(MINUTE);
  await serve();
  const { counts } = await once(mailing, ({ state }) => state === "done", 5 * MINUTE);
  expect(counts).toMatchObject({ accepted: 30, uncertain: 0 });
  expect(sentTo().sort()).toEqual(PEOPLE.toSorted());
});

describe("kill -9 of the collector in the middle of a mailing", () => {
  it("between two mails loses none and doubles none", async () => {
    let killed: Promise<void> | null = null;
    await serve({
      onRcptTo: (_, __, done) => {
        // The tenth mail is begun, and the server has not got it.
        if (server.taken.length === 9 && !killed) killed = collector.kill9();
        else done();
      },
    });
    await finishAfter(await send(), () => killed);
    expect(sentTo().sort()).toEqual(PEOPLE.toSorted());
  });

  it("while the server takes a mail sends that one again under its Message-ID, and says so", async () => {
    let killed: Promise<void> | null = null;
    await serve({
      onMail: (count) => {
        if (count === 10) killed = collector.kill9();
        return null;
      },
    });
    const { counts } = await finishAfter(await send(), () => killed);
    expect(counts.uncertain).toBe(1);
    const ids = server.taken.map(({ mail }) => mail.messageId);
    expect([ids.length, new Set(ids).size]).toEqual([31, 30]);
    expect(new Set(sentTo())).toEqual(new Set(PEOPLE));
  });

  async function finishAfter(mailing: string, killed: () => Promise<void> | null): Promise<Mailing> {
    await expect.poll(killed, { timeout: 20_000 }).not.toBeNull();
    await killed();
    await startHurried();
    await after(MINUTE);
    const found = await once(mailing, ({ state }) => state === "done");
    expect(found.counts).toMatchObject({ queued: 30, accepted: 30, waiting: 0, refused: 0, unknown: 0 });
    return found;
  }
});

it("stops when it is cancelled, and counts what had gone", async () => {
  let mailing = "";
  let isAsked = false;
  await serve({
    onRcptTo: (_, __, done) => {
      if (server.taken.length !== 5 || isAsked) return done();
      isAsked = true;
      api("DELETE", `/v1/surveys/${survey}/mailings/${mailing}`).then(() => done());
    },
  });
  const respondents = PEOPLE.map((email) => ({ id: `${survey}-${email}`, email }));
  const later = { respondents, send: true, send_at: new Date(Date.now() + ahead + MINUTE).toISOString() };
  mailing = (await api<InvitationsReply>("POST", `/v1/surveys/${survey}/invitations`, later)).mailing!;
  await after(2 * MINUTE);
  const { counts, state } = await once(mailing, ({ counts }) => counts.waiting === 0);
  expect(state).toBe("cancelled");
  expect(counts).toMatchObject({ queued: 30, accepted: 6, cancelled: 24 });
  expect(sentTo()).toHaveLength(6);
});
