/**
 * `npm run picture:messages`: makes docs/messages/*.webp, a picture of a message in each form for people. The bodies are what a
 * collector of its own really sends to a receiver of this machine; a neutral card shows what is in them.
 */
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import PostalMime from "postal-mime";
import sharp from "sharp";
import { SMTPServer } from "smtp-server";
import { mintResponseId } from "../../shared/response-id.ts";
import { build } from "../build.ts";
import { findChromium } from "../chromium.ts";
import { startCollector } from "../collector.ts";
import { root } from "../paths.ts";
import { freePort } from "../ports.ts";
import { applyMigrations } from "../wrangler.ts";
import { cardStyle, cards } from "./message-cards.ts";

const folder = join(root, "docs/messages");
const width = 440;

/** The path at which each service takes messages, and the chat. */
const receivers: Record<string, { path: string; chat?: string }> = {
  slack: { path: "/services/T000/B000/token" },
  teams: { path: "/workflows/1" },
  discord: { path: "/api/webhooks/1/token" },
  telegram: { path: "/bot1:token/sendMessage", chat: "-1001234567890" },
  google_chat: { path: "/v1/spaces/A/messages?key=k&token=t" },
  bitrix24: { path: "/rest/1/code/", chat: "tasks" },
};

const MAIL = "email";

const state = await mkdtemp(join(tmpdir(), "vidhuk-messages-"));
const ending: (() => Promise<unknown>)[] = [() => rm(state, { recursive: true, force: true })];
try {
  await build();
  const bodies = await sentBodies();
  await mkdir(folder, { recursive: true });
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("No Chromium: set CHROMIUM to its path.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--hide-scrollbars"] });
  ending.push(() => browser.close());
  const page = await browser.newPage({
    viewport: { width, height: 100 },
    deviceScaleFactor: 1.5,
    colorScheme: "light",
  });
  for (const [format, body] of bodies) {
    await page.setContent(`<style>${cardStyle}</style><main>${cards[format]!(body as never)}</main>`);
    const image = await page.screenshot({ fullPage: true });
    await sharp(image)
      .webp({ quality: 70, effort: 6, smartSubsample: true })
      .toFile(join(folder, `${format}.webp`));
  }
  console.log(`${folder}: ${bodies.size} pictures`);
} finally {
  for (const end of ending.reverse()) await end();
}

/** What each form sends for the same comment, by format. */
async function sentBodies(): Promise<Map<string, unknown>> {
  const persist = join(state, "state");
  await applyMigrations(state, persist);
  const got = new Map<string, unknown>();
  const receiver = createServer(async (request, reply) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const format = Object.keys(receivers).find((each) => request.url?.startsWith(receivers[each]!.path));
    if (format) got.set(format, JSON.parse(body));
    reply.end();
  });
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  ending.push(async () => receiver.close());
  const mailPort = await receiveMail((mail) => got.set(MAIL, mail));
  const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const vars = {
    ADMIN_TOKEN: crypto.randomUUID(),
    WEBHOOKS_TO_LOOPBACK: "on",
    // The address in the links, which readers of the documents see.
    PUBLIC_URL: "https://vidhuk.example",
    MAILER: `smtp://127.0.0.1:${mailPort}`,
    MAIL_FROM: "feedback@shop.example",
  };
  const collector = await startCollector({ port: await freePort(), state, persist, vars, output: process.stderr });
  ending.push(() => collector.stop());
  const ask = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${vars.ADMIN_TOKEN}`, "Content-Type": "application/json" };
    const reply = await fetch(`${collector.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
    return (await reply.json()) as { id: string };
  };
  const { id: survey } = await ask("/v1/surveys", { name: "After delivery", segments: ["carrier"] });
  for (const [format, { path, chat }] of Object.entries(receivers)) {
    const settings = { url: `${base}${path}`, format, events: ["comment.created"], ...(chat && { chat }) };
    await ask(`/v1/surveys/${survey}/webhooks`, settings);
  }
  await ask(`/v1/surveys/${survey}/webhooks`, {
    url: "mailto:team@shop.example",
    format: MAIL,
    events: ["comment.created"],
  });
  const all = [...Object.keys(receivers), MAIL];
  await ask("/v1/responses", {
    survey,
    id: mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    ...{
      nps: 2,
      csat: 1,
      respondent: { id: "ann" },
      page: "https://shop.example/orders",
      properties: { carrier: "post" },
    },
    comment: "The parcel came a week late, and *nobody* answers the phone.\n<!channel> https://evil.example",
  });
  // A run takes a few webhooks; the cron takes the others.
  for (let runs = 0; runs < 20 && got.size < all.length; runs++) {
    const cron = encodeURIComponent("* * * * *");
    await (await fetch(`${collector.url}/cdn-cgi/local/scheduled?cron=${cron}`)).text();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  if (got.size < all.length) throw new Error(`only these came: ${[...got.keys()].join()}`);
  return got;
}

/** A mail server of this machine that takes every mail; its port. */
async function receiveMail(take: (mail: object) => void): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ["STARTTLS"],
    onData: async (stream, _, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      take(await PostalMime.parse(Buffer.concat(chunks)));
      done();
    },
  });
  const port = await freePort();
  await once(server.listen(port, "127.0.0.1"), "listening");
  ending.push(async () => void server.close());
  return port;
}
