/** Webhooks to receivers of this machine: a real Worker, real connections, and a power cut between the answer and the message. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCrons } from "../../scripts/collector.ts";
import { freePort } from "../../scripts/ports.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { Delivery, WebhookTest, WebhookWithSecret } from "../../shared/schema/webhook.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import type { MailServer } from "../support/mail/server.ts";
import { aMailServer } from "../support/mail/server.ts";
import { ask as askOf } from "../support/shared-collector.ts";
import { databaseFile } from "../support/stored.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

type Got = { path: string; headers: Record<string, string>; body: string };

const got: Got[] = [];
const at = (path: string) => got.filter((each) => each.path === path);
let receiver: ReturnType<typeof createServer>;
let base: string;
let state: string;
let collector: TestCollector;
let mails: MailServer;

/** How each receiver behaves, by the path at which it is. */
const behaviours: Record<string, (reply: ServerResponse) => unknown> = {
  "/ok": (reply) => reply.end("thanks"),
  "/busy": (reply) => reply.writeHead(500).end("no"),
  "/moved": (reply) => reply.writeHead(302, { Location: `${base}/elsewhere` }).end(),
  "/elsewhere": (reply) => reply.end(),
  "/gone": (reply) => reply.writeHead(410).end(),
  "/silent": () => {},
  "/cut-off": () => {},
  // Its answer comes when the collector has given up.
  "/late": (reply) => setTimeout(() => reply.end(), 1500),
  "/cut": (reply) => {
    reply.writeHead(200, { "Content-Length": 1000 }).write("half");
    setTimeout(() => reply.destroy(), 20);
  },
  "/hangs-up": (reply) => reply.socket?.destroy(),
  "/huge": (reply) => {
    const more = () => {
      while (!reply.destroyed && reply.write("x".repeat(65_536)));
    };
    reply.on("drain", more);
    more();
  },
};

async function receive(request: IncomingMessage, reply: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = request.url ?? "";
  got.push({ path, headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
  behaviours[path]!(reply);
}

const ask = <Body>(path: string, method = "GET", body?: unknown) => askOf<Body>(path, method, body, collector);

async function start() {
  const mail = { MAILER: `smtp://localhost:${mails.port}`, MAIL_FROM: "Shop <feedback@shop.example>" };
  const env = { WEBHOOKS_TO_LOOPBACK: "on", WEBHOOK_TIMEOUT_SECONDS: "1", ...mail };
  collector = await startCollector({ state, env });
}

async function aSurvey(): Promise<string> {
  return (await ask<{ id: string }>("/v1/surveys", "POST", { name: "Hooks" })).id;
}

function hook(survey: string, url: string, settings: object = {}) {
  const body = { url, events: ["response.created"], ...settings };
  return ask<WebhookWithSecret>(`/v1/surveys/${survey}/webhooks`, "POST", body);
}

/** As a server sends it, or as a page does, which has more to send. */
async function send(survey: string, headers: Record<string, string> = {}): Promise<string> {
  const id = mintResponseId(Date.now(), randomBytes(10));
  const reply = await fetch(`${collector.url}/v1/responses`, {
    method: "POST",
    headers: { "Content-Type": "text/plain", ...headers },
    body: JSON.stringify({ survey, id, secret: "s".repeat(22), nps: 2 }),
  });
  if (!reply.ok) throw new Error(await reply.text());
  await reply.text();
  return id;
}

beforeAll(async () => {
  receiver = createServer((request, reply) => void receive(request, reply).catch(() => {}));
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  mails = await aMailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
  state = await temporaryFolder();
  await start();
  runCrons(collector);
});

afterAll(async () => {
  await collector?.stop();
  receiver.closeAllConnections();
  receiver.close();
  await mails?.stop();
  await rm(state, { recursive: true, force: true });
});

it("tells receivers of every kind, and keeps what became of each message", async () => {
  const outcomes: Record<string, Partial<Delivery>> = {
    [`${base}/ok`]: { state: "delivered", status: 200 },
    [`${base}/cut`]: { state: "delivered", status: 200 },
    [`${base}/huge`]: { state: "delivered", status: 200 },
    [`${base}/busy`]: { state: "waiting", status: 500, failure: "status" },
    [`${base}/moved`]: { state: "waiting", status: 302, failure: "redirect" },
    [`${base}/gone`]: { state: "dead", status: 410, failure: "gone" },
    [`${base}/silent`]: { state: "waiting", status: null, failure: "timeout" },
    [`${base}/late`]: { state: "waiting", status: null, failure: "timeout" },
    [`${base}/hangs-up`]: { state: "waiting", status: null, failure: "not_reached" },
    [`http://localhost:${await freePort()}/down`]: { state: "waiting", status: null, failure: "not_reached" },
  };
  const survey = await aSurvey();
  const hooks = await Promise.all(Object.keys(outcomes).map((url) => hook(survey, url)));
  const response = await send(survey);
  for (const { id, url } of hooks) {
    const path = `/v1/surveys/${survey}/webhooks/${id}/deliveries`;
    const tried = async () => (await ask<{ items: Delivery[] }>(path)).items[0];
    await expect.poll(async () => (await tried())?.last_attempt_at, { timeout: 60_000 }).toEqual(expect.any(String));
    expect(await tried(), url).toMatchObject({ ...outcomes[url], response });
  }
  expect(at("/elsewhere")).toEqual([]);
  const [{ headers, body } = expect.fail()] = at("/ok");
  const { secret } = hooks.find(({ url }) => url.endsWith("/ok"))!;
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "response.created", data: { id: response } });
});

it("writes a mail by SMTP for each response, over one connection, and ends it", async () => {
  const survey = await aSurvey();
  const { id } = await hook(survey, "mailto:team@shop.example", { format: "email" });
  const path = `/v1/surveys/${survey}/webhooks/${id}`;
  expect(await ask<WebhookTest>(`${path}/test`, "POST")).toMatchObject({ delivered: true });
  const comments = ["Запізно 🙁", ".\n..\nlate"];
  const responses = comments.map((comment, nps) => ({
    survey,
    id: mintResponseId(Date.now(), randomBytes(10)),
    nps,
    comment,
  }));
  for (const response of responses) await ask("/v1/responses", "POST", response);
  await expect.poll(() => mails.taken.length, { timeout: 60_000 }).toBe(3);
  const read = mails.taken
    .slice(1)
    .map(({ to, mail }) => ({ to, subject: mail.subject, text: mail.text?.replaceAll("\r", "") }));
  for (const [index, comment] of comments.entries())
    expect(read).toContainEqual({
      to: ["team@shop.example"],
      subject: "New response: Hooks",
      text: expect.stringContaining(`NPS: ${index} of 10, detractor\n\n> ${comment.replaceAll("\n", "\n> ")}\n`),
    });
  await expect.poll(() => mails.open(), { timeout: 60_000 }).toBe(0);
});

it("sends what is due without a request, and refuses what is neither public nor this machine", async () => {
  const survey = await aSurvey();
  await hook(survey, `${base}/ok`, { events: ["respondent.unsubscribed"] });
  const before = at("/ok").length;
  await ask("/v1/unsubscribes", "POST", { respondent: "ann", survey });
  await expect.poll(() => at("/ok").length, { timeout: 60_000 }).toBe(before + 1);
  for (const url of ["http://169.254.169.254/", "https://10.0.0.1/", "http://example.com/"])
    await expect(hook(survey, url)).rejects.toThrow("/url");
});

it("sends every message after kill -9 that was queued before, each under one id, and none twice over", async () => {
  const survey = await aSurvey();
  await hook(survey, `${base}/cut-off`);
  const acknowledged: string[] = [];
  let cut = false;
  const stream = async (headers: Record<string, string>) => {
    while (!cut) acknowledged.push(await send(survey, headers));
  };
  got.splice(0);
  // Messages that are being sent, and those that wait for a visitor.
  const streams = [{}, {}, { Origin: "https://shop.example" }].map((headers) => stream(headers).catch(() => {}));
  await expect.poll(() => acknowledged.length >= 60 && at("/cut-off").length >= 3, { timeout: 60_000 }).toBe(true);
  cut = true;
  await collector.kill9();
  await Promise.all(streams);
  const begun = new Map(at("/cut-off").map(({ headers, body }) => [JSON.parse(body).data.id, headers["webhook-id"]]));
  behaviours["/cut-off"] = behaviours["/ok"]!;
  got.splice(0);

  // The leases of the dead process and the minute of the visitors run out.
  const database = new DatabaseSync(databaseFile(state));
  const stored = database.prepare("SELECT id FROM responses WHERE survey_id = ?").all(survey);
  const queued = database.prepare("SELECT response_id AS id FROM webhook_deliveries WHERE survey_id = ?").all(survey);
  database.prepare("UPDATE webhook_deliveries SET due_at = 1 WHERE due_at > 1 AND survey_id = ?").run(survey);
  database.close();
  const sorted = (rows: readonly { id?: unknown }[]) => rows.map(({ id }) => String(id)).sort();
  expect(sorted(queued)).toEqual(sorted(stored));
  expect(sorted(stored)).toEqual(expect.arrayContaining(acknowledged));

  await start();
  const told = () => new Set(at("/cut-off").map(({ body }) => JSON.parse(body).data.id as string));
  const tick = async () => {
    await (await fetch(`${collector.url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent("* * * * *")}`)).text();
    return told().size;
  };
  await expect.poll(tick, { timeout: 60_000, interval: 1 }).toBe(stored.length);
  expect([...told()].sort()).toEqual(sorted(stored));
  expect(at("/cut-off")).toHaveLength(stored.length);
  for (const { body, headers } of at("/cut-off")) {
    const before = begun.get(JSON.parse(body).data.id);
    if (before) expect(headers["webhook-id"]).toBe(before);
  }
  expect(begun.size).toBeGreaterThan(0);
});
