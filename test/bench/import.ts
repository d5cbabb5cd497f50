/**
 * How many rows a second does `npm run import` store, and how much memory does it take, at ten thousand rows and at a million?
 * `npm run bench:import`, or `npm run bench:import -- 10000` for one size. Each file goes into a fresh collector: first looked at
 * only (as the command does before it asks), then looked at and stored; the difference is the storing. Beside it, in the same run,
 * the two other ways in: single posts of the same answers by sixteen senders, and SQLite alone, which runs the same triggers on rows
 * that are ready, 20,000 a statement, without HTTP or judgement.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { root } from "../../scripts/paths.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { seed, withDatabase } from "./local-database.ts";
import { mostMB, workerds } from "./memory.ts";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 1_000_000];
const posts = 2_000;
const senders = 16;
const seeded = 100_000;

for (const rows of sizes) {
  const folder = await temporaryFolder();
  const file = join(folder, "history.csv");
  await writeFile(file, rows);
  const collector = await startCollector();
  const survey = await makeSurvey(collector);
  const looked = await timed(file, survey, collector, []);
  const stored = await timed(file, survey, collector, ["--yes"]);
  const post = await postsPerSecond(collector);
  const { responses } = await metricsOf(collector, survey);
  if (responses !== rows) throw new Error(`${responses} of ${rows} rows were stored`);
  await collector.stop();
  await rm(folder, { recursive: true });
  console.log(
    JSON.stringify({
      rows,
      lookedAtPerSecond: Math.round(rows / looked.seconds),
      storedPerSecond: Math.round(rows / Math.max(0.001, stored.seconds - looked.seconds)),
      seconds: { look: round(looked.seconds), lookAndStore: round(stored.seconds) },
      memoryMB: { command: stored.commandMB, workerd: stored.workerdMB },
      singlePostsPerSecond: post,
      sqliteAlonePerSecond: await sqlitePerSecond(),
    }),
  );
}

/** A history like a shop's: a person in each row, a comment in a third of them, two properties. */
async function writeFile(path: string, rows: number): Promise<void> {
  const output = createWriteStream(path);
  output.write("Date,Score,Comment,Email,Plan,Store\n");
  for (let row = 0; row < rows; row++) {
    const at = new Date(Date.UTC(2023, 0, 1) + ((row * 61_000) % (1000 * 86_400_000))).toISOString();
    const comment = row % 3 ? "" : `"Quick, and kind to order no. ${row}"`;
    const line = `${at},${(row * 7) % 11},${comment},person${row}@shop.example,${["pro", "free"][row % 2]},store ${row % 50}\n`;
    if (!output.write(line)) await once(output, "drain");
  }
  output.end();
  await finished(output);
}

/** Runs the command. The memory is the most that its process and those of workerd have taken, as Linux counts it. */
async function timed(file: string, survey: string, { url, adminToken }: TestCollector, more: string[]) {
  const words = [join(root, "scripts/import.ts"), file, "--survey", survey, "--url", url, ...more];
  const started = performance.now();
  let commandMB = 0;
  await new Promise<void>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      words,
      { env: { ...process.env, VIDHUK_KEY: adminToken }, maxBuffer: 2 ** 26 },
      // Without --yes the command ends with 1: it has stored nothing.
      (error, stdout) => (error && (more.length > 0 || error.code !== 1) ? reject(new Error(stdout)) : resolve()),
    );
    const watch = setInterval(() => {
      commandMB = Math.max(commandMB, mostMB(child.pid ?? 0));
    }, 100);
    child.once("exit", () => clearInterval(watch));
  });
  return {
    seconds: (performance.now() - started) / 1000,
    commandMB,
    workerdMB: Math.max(0, ...workerds().map(mostMB)),
  };
}

async function postsPerSecond(collector: TestCollector): Promise<number> {
  const survey = await makeSurvey(collector);
  let sent = 0;
  const started = performance.now();
  const send = async () => {
    while (sent < posts) {
      const row = sent++;
      const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
      const properties = { Plan: "pro", Store: `store ${row % 50}` };
      const comment = row % 3 ? {} : { comment: `Quick, and kind to order no. ${row}` };
      await call(collector, "POST", "/v1/responses", { survey, id, nps: row % 11, ...comment, properties });
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  return Math.round(posts / ((performance.now() - started) / 1000));
}

async function sqlitePerSecond(): Promise<number> {
  const fresh = await startCollector();
  const survey = await makeSurvey(fresh);
  const seconds = await withDatabase(fresh.state, async (database) => {
    const started = performance.now();
    await seed(database, survey, seeded);
    return (performance.now() - started) / 1000;
  });
  await fresh.stop();
  return Math.round(seeded / seconds);
}

async function makeSurvey(collector: TestCollector): Promise<string> {
  return (await call<{ id: string }>(collector, "POST", "/v1/surveys", { name: "Bench", daily_limit: 100_000_000 })).id;
}

function metricsOf(collector: TestCollector, survey: string): Promise<{ responses: number }> {
  return call(collector, "GET", `/v1/surveys/${survey}/metrics?from=2023-01-01&to=2026-12-31`);
}

async function call<Reply>(collector: TestCollector, method: string, path: string, body?: object): Promise<Reply> {
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const sent = body ? { body: JSON.stringify(body) } : {};
  const reply = await fetch(collector.url + path, { method, headers, ...sent });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as Reply;
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
