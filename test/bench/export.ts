/**
 * How many megabytes a second does an export of all answers give, and how much memory does it take, at ten thousand answers and at a
 * million? `npm run bench:export`, or `npm run bench:export -- 10000` for one size. The package for teams reads the CSV and the
 * NDJSON from end to end, 1,000 answers a request, as the recipes and the dashboard do. Beside it, in the same run, the floor:
 * SQLite alone, which reads the same rows from the same file.
 */
import { rm } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { Vidhuk } from "../../client/index.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { seed, withDatabase } from "./local-database.ts";
import { mostMB, workerds } from "./memory.ts";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 1_000_000];
/** Rows of this process's heap are those of one part; the measure begins after a first reading. */
const warmUp = 2_000;

for (const count of sizes) {
  const state = await temporaryFolder();
  let collector = await startCollector({ state });
  const survey = await makeSurvey(collector);
  await collector.stop();
  await withDatabase(state, (database) => seed(database, survey, count));
  collector = await startCollector({ state });
  const own = new Vidhuk({ url: collector.url, key: collector.adminToken }).survey(survey);
  for await (const text of own.csv()) if (text.length > warmUp) break;
  const csv = await timed(own.csv());
  const ndjson = await timed(linesOf(own.responses()));
  const workerdMB = Math.max(0, ...workerds().map(mostMB));
  await collector.stop();
  const floor = await withDatabase(state, (database) => floorOf(database, survey));
  await rm(state, { recursive: true });
  const client = mostMB(process.pid);
  console.log(JSON.stringify({ count, csv, ndjson, sqliteAlone: floor, memoryMB: { client, workerd: workerdMB } }));
}

type Rate = { megabytes: number; seconds: number; megabytesPerSecond: number };

async function timed(parts: AsyncIterable<string>): Promise<Rate> {
  const started = performance.now();
  let bytes = 0;
  for await (const part of parts) bytes += Buffer.byteLength(part);
  return rateOf(bytes, started);
}

async function* linesOf(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

async function floorOf(database: DatabaseSync, survey: string): Promise<Rate> {
  const started = performance.now();
  let bytes = 0;
  for (const row of database.prepare("SELECT * FROM responses WHERE survey_id = ? ORDER BY id DESC").iterate(survey))
    bytes += Buffer.byteLength(JSON.stringify(row));
  return rateOf(bytes, started);
}

function rateOf(bytes: number, started: number): Rate {
  const seconds = (performance.now() - started) / 1000;
  const megabytes = bytes / 1e6;
  const round = (value: number) => Math.round(value * 10) / 10;
  return { megabytes: round(megabytes), seconds: round(seconds), megabytesPerSecond: round(megabytes / seconds) };
}

async function makeSurvey({ url, adminToken }: TestCollector): Promise<string> {
  const { id } = await new Vidhuk({ url, key: adminToken }).makeSurvey({ name: "Bench" });
  return id;
}
