/**
 * How many requests a second does the collector hold of a usual mix, and how long do they take, beside a Worker that answers at
 * once (answers/worker.ts)? And how long after an answer does its message arrive at a webhook? `npm run bench:mix`. Both sides are
 * served by local workerd and take turns in one run. The mix: of 20 requests 12 are new responses, 3 are comments to them, 2 are
 * scripts of the survey, 2 are figures and 1 is a list of comments.
 *
 * Last answer (1 December 2026, two cores shared with six other builds, load 13): collector 69 | 0 | 238 | 623, floor
 * 111 | 0 | 109 | 401 (requests a second, errors, p50 and p99 of new responses in ms); to the message 0.066 s, p99 0.168 s.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/build.ts";
import { startCollector as start } from "../../scripts/collector.ts";
import { freePort } from "../../scripts/ports.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const rounds = 9;
const requestsPerRound = 400;
const concurrency = 16;
const messages = 30;

await build();
const arrived = new Map<string, number>();
const receiver = createServer(async (request, reply) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  arrived.set(JSON.parse(text).data.id, performance.now());
  reply.end();
});
await once(receiver.listen(0, "127.0.0.1"), "listening");
const collector = await startCollector({ env: { WEBHOOKS_TO_LOOPBACK: "on" } });
const state = await temporaryFolder();
const config = join(import.meta.dirname, "answers/wrangler.toml");
const floor = await start({ port: await freePort(), state, persist: state, vars: {}, output: process.stderr, config });
const admin = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
const survey = await made("/v1/surveys", { name: "Mix", daily_limit: 1_000_000 });

type Kind = "create" | "comment" | "script" | "figures" | "comments";
const mix: Kind[] = [
  ...Array<Kind>(12).fill("create"),
  ...Array<Kind>(3).fill("comment"),
  ...["script", "script", "figures", "figures", "comments"].map((kind) => kind as Kind),
];

type Side = { perSecond: number[]; errors: number; ms: Record<Kind, number[]> };
const sides: Record<"collector" | "floor", Side> = { collector: aSide(), floor: aSide() };

for (let round = -1; round < rounds; round++)
  for (const [name, url] of Object.entries({ collector: collector.url, floor: floor.url })) {
    const side = sides[name as keyof typeof sides];
    const measured = await runRound(url);
    if (round < 0) continue;
    side.perSecond.push(measured.perSecond);
    side.errors += measured.errors;
    for (const [kind, ms] of measured.ms) side.ms[kind].push(ms);
  }
const seconds = await secondsToMessage();

await collector.stop();
await floor.stop();
receiver.closeAllConnections();
receiver.close();
await rm(state, { recursive: true, force: true });
const summary = Object.entries(sides).map(([name, { perSecond, errors, ms }]) => [
  name,
  {
    perSecond: at(perSecond, 0.5),
    errors,
    ms: Object.fromEntries(Object.entries(ms).map(([kind, all]) => [kind, { p50: at(all, 0.5), p99: at(all, 0.99) }])),
  },
]);
console.log(
  JSON.stringify({
    ...Object.fromEntries(summary),
    secondsToMessage: { p50: at(seconds, 0.5), p99: at(seconds, 0.99) },
    rounds: Object.fromEntries(Object.entries(sides).map(([name, { perSecond }]) => [name, perSecond])),
    cores: availableParallelism(),
  }),
);

function aSide(): Side {
  return { perSecond: [], errors: 0, ms: { create: [], comment: [], script: [], figures: [], comments: [] } };
}

async function runRound(url: string): Promise<{ perSecond: number; errors: number; ms: [Kind, number][] }> {
  const sent: { id: string; secret: string }[] = [];
  const ms: [Kind, number][] = [];
  let errors = 0;
  let next = 0;
  const started = performance.now();
  const work = async () => {
    for (let number = next++; number < requestsPerRound; number = next++) {
      const kind = mix[(number * 7) % mix.length]!;
      const before = performance.now();
      const reply = await request(url, kind, number, sent);
      await reply.arrayBuffer();
      ms.push([kind, performance.now() - before]);
      if (!reply.ok) errors++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return { perSecond: Math.round((requestsPerRound / (performance.now() - started)) * 1000), errors, ms };
}

function request(url: string, kind: Kind, number: number, sent: { id: string; secret: string }[]): Promise<Response> {
  if (kind === "script") return fetch(`${url}/w/${survey}.js`);
  if (kind === "figures") return fetch(`${url}/v1/surveys/${survey}/metrics`, { headers: admin });
  if (kind === "comments") return fetch(`${url}/v1/surveys/${survey}/comments`, { headers: admin });
  const earlier = kind === "comment" ? sent.shift() : undefined;
  const person = earlier ?? {
    id: mintResponseId(Date.now(), randomBytes(10)),
    secret: randomBytes(16).toString("base64url"),
  };
  const answer = earlier ? { rev: 2, comment: `Comment ${number}` } : { rev: 1 };
  const body = JSON.stringify({ survey, ...person, nps: number % 11, locale: "uk", ...answer });
  const headers = { "Content-Type": "text/plain", Origin: "https://shop.example" };
  return fetch(`${url}/v1/responses`, { method: "POST", headers, body }).then((reply) => {
    if (!earlier) sent.push(person);
    return reply;
  });
}

/** From the tap to the message at its receiver, in seconds, for a sender that has no more to say. */
async function secondsToMessage(): Promise<number[]> {
  const told = await made("/v1/surveys", { name: "Told" });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await made(`/v1/surveys/${told}/webhooks`, { url, events: ["response.created"] });
  const seconds: number[] = [];
  for (let message = 0; message < messages; message++) {
    const id = mintResponseId(Date.now(), randomBytes(10));
    const tapped = performance.now();
    await (
      await fetch(`${collector.url}/v1/responses`, {
        method: "POST",
        headers: { "Content-Type": "text/plain" },
        body: JSON.stringify({ survey: told, id, secret: randomBytes(16).toString("base64url"), nps: 3 }),
      })
    ).text();
    while (!arrived.has(id)) await new Promise((resolve) => setTimeout(resolve, 1));
    seconds.push((arrived.get(id)! - tapped) / 1000);
  }
  return seconds;
}

async function made(path: string, body: object): Promise<string> {
  const reply = await fetch(collector.url + path, { method: "POST", headers: admin, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
  return ((await reply.json()) as { id: string }).id;
}

/** The value below which this share of the values lies, to three digits. */
function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toPrecision(3));
}
