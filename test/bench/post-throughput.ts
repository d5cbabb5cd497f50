/**
 * How much of a bare D1 insert's throughput is left when a response goes through the whole Worker: validation, survey,
 * upsert, triggers, counters? `npm run bench:post`. The bare side is bare/worker.ts: one insert of one row into a
 * WITHOUT ROWID table, served as the collector is, with assets beside it; `alone` is the same without them, for local
 * workerd routes by a Worker of its own where there are any. All on disk, taking turns in one run.
 *
 * Last answer (22 November 2026, two cores, otherwise idle): 0.83 and, in another run, 0.88; 416 posts a second against 519.
 * `alone` does 612: 0.71 and 0.76. The goal is 0.8.
 */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/build.ts";
import { startCollector } from "../../scripts/collector.ts";
import { statePlaces } from "../../scripts/paths.ts";
import { freePort } from "../../scripts/ports.ts";
import { applyMigrations } from "../../scripts/wrangler.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const rounds = 31;
const postsPerRound = 300;
const concurrency = 16;

await build();
const adminToken = "bench";
const whole = await serve({ ADMIN_TOKEN: adminToken, RATE_LIMIT: "off" });
const bare = await serve({}, "bare/wrangler.toml");
const alone = await serve({}, "bare/alone.toml");
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const survey = await makeSurvey(whole.url);

const sides = { whole, bare, alone };
const names = Object.keys(sides) as (keyof typeof sides)[];

const perSecond: Record<keyof typeof sides, number[]> = { whole: [], bare: [], alone: [] };
for (let round = -1; round < rounds; round++) {
  // Whoever goes first in a round has the disk's caches to itself; they take turns.
  for (const turn of names.keys()) {
    const name = names[(turn + round + 1) % names.length]!;
    const rate = await measure(sides[name].url);
    if (round >= 0) perSecond[name].push(rate);
  }
}

agent.destroy();
for (const { stop } of Object.values(sides)) await stop();
const medians = Object.fromEntries(names.map((name) => [name, median(perSecond[name])]));
const ratios = { bare: ratioTo("bare"), alone: ratioTo("alone") };
console.log(
  JSON.stringify({ ratios, medians, rounds: perSecond, postsPerRound, concurrency, cores: availableParallelism() }),
);

/** Of each round's pair, for both had the same neighbours on the machine. */
function ratioTo(name: keyof typeof sides): number {
  return Number(median(perSecond.whole.map((rate, round) => rate / perSecond[name][round]!)).toFixed(3));
}

async function serve(vars: Record<string, string>, config?: string) {
  const state = await temporaryFolder();
  const { persist } = statePlaces(state);
  if (!config) await applyMigrations(state, persist);
  const options = { port: await freePort(), state, persist, vars, output: process.stderr };
  const served = await startCollector(config ? { ...options, config: join(import.meta.dirname, config) } : options);
  const stop = async () => {
    await served.stop();
    await rm(state, { recursive: true });
  };
  return { url: served.url, stop };
}

/** Posts per second of one round. */
async function measure(url: string): Promise<number> {
  const bodies = Array.from({ length: postsPerRound }, (_, index) => aFirstSend(index));
  const started = performance.now();
  const worker = async () => {
    for (let body = bodies.pop(); body; body = bodies.pop()) await post(`${url}/v1/responses`, body);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return Math.round((postsPerRound / (performance.now() - started)) * 1000);
}

/** What the widget sends at the first tap. */
function aFirstSend(index: number): string {
  return JSON.stringify({
    survey,
    id: mintResponseId(Date.now(), randomBytes(10)),
    secret: randomBytes(16).toString("base64url"),
    rev: 1,
    nps: index % 11,
    locale: "uk",
    page: "https://shop.example/garden/",
  });
}

/** By node:http and not fetch: the less the sender takes of the two cores, the more the sides differ. */
function post(url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "text/plain", Origin: "https://shop.example" };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 201) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
      });
    });
    sent.on("error", reject).end(body);
  });
}

async function makeSurvey(url: string): Promise<string> {
  const headers = { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" };
  // Limited as every survey is, but not below what is sent here.
  const body = JSON.stringify({ name: "Bench", daily_limit: 1_000_000 });
  const reply = await fetch(`${url}/v1/surveys`, { method: "POST", headers, body });
  return ((await reply.json()) as { id: string }).id;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
