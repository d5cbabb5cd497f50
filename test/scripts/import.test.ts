/** `npm run import` as it is typed, against a collector that serves. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wordsOf } from "../../scripts/import/words.ts";
import { root } from "../../scripts/paths.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { until } from "../support/npm-start.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
let collector: TestCollector;

beforeAll(async () => {
  folder = await temporaryFolder();
  collector = await startCollector();
}, 120_000);

afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function call<Reply>(method: string, path: string, body?: object): Promise<Reply> {
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const sent = body ? { body: JSON.stringify(body) } : {};
  const reply = await fetch(collector.url + path, { method, headers, ...sent });
  expect(reply.status).toBeLessThan(300);
  return (await reply.json()) as Reply;
}

const aSurvey = async (settings: object = {}) =>
  (await call<{ id: string }>("POST", "/v1/surveys", { name: "Past", ...settings })).id;
const metricsOf = (survey: string) =>
  call<Metrics>("GET", `/v1/surveys/${survey}/metrics?from=2024-01-01&to=2024-12-31`);

async function aFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const program = join(root, "scripts/import.ts");
const environment = () => ({ ...process.env, VIDHUK_KEY: collector.adminToken, npm_config_yes: "" });
const wordsFor = (file: string, survey: string, more: string[]) => [
  program,
  file,
  "--survey",
  survey,
  "--url",
  collector.url,
  ...more,
];

/** Runs the command; gives its exit code and all that it said. */
async function importFile(file: string, survey: string, ...more: string[]): Promise<{ code: number; said: string }> {
  const ran = promisify(execFile)(process.execPath, wordsFor(file, survey, more), { env: environment() });
  return ran.then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, row) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (row % 300))).toISOString().slice(0, 10);
    return `${day},${row % 11},${row % 4 ? "" : `"quick, and kind ${row}"`},${row % 2 ? "pro" : "free"}`;
  });
const HEAD = "Date,Score,Comment,Plan";

it("says what a file would bring, stores it when told to, and once", async () => {
  const survey = await aSurvey();
  // The last two rows are alike: two people who said the same on the same day.
  const file = await aFile("history.csv", [HEAD, ...rowsOf(1100), "2024-05-05,9,,pro", "2024-05-05,9,,pro"].join("\n"));
  const looked = await importFile(file, survey);
  expect(looked.code).toBe(1);
  expect(looked.said).toContain("Score    nps");
  expect(looked.said).toContain("1,102 are new");
  expect(looked.said).toContain("NPS   none → -45 (1,102 answers)");
  expect(looked.said).toContain("Nothing was stored.");
  expect((await metricsOf(survey)).responses).toBe(0);

  const stored = await importFile(file, survey, "--yes");
  expect([stored.code, stored.said.includes("1,102 were stored")]).toEqual([0, true]);
  const { responses, nps, comments } = await metricsOf(survey);
  expect([responses, nps?.score, comments]).toEqual([1102, -45, 275]);

  expect((await importFile(file, survey, "--yes")).said).toContain("There is nothing new to store.");
  expect((await metricsOf(survey)).responses).toBe(1102);
}, 60_000);

it("stores nothing of a file with bad rows, and says which they are in a file of their own", async () => {
  const survey = await aSurvey();
  const bad = ["2024-02-30,5,,pro", "2024-03-01,11,=1+1,free"];
  const file = await aFile("faulty.csv", [HEAD, "2024-01-01,9,,pro", ...bad, ...rowsOf(20)].join("\n"));
  const refused = await importFile(file, survey, "--yes");
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(/line 3 created_at .*2024-02-30.*\n {2}line 4 nps must be/);
  expect(refused.said).toContain("Nothing was stored.");
  expect((await metricsOf(survey)).responses).toBe(0);
  const list = await readFile(`${file}.refused.csv`, "utf8");
  expect(list).toMatch(
    /^\uFEFFline,reason,Date,Score,Comment,Plan\r\n3,.*\r\n4,"nps must be.*","?2024-03-01"?,"?11"?,"'=1\+1",free\r\n$/s,
  );

  const left = await importFile(file, survey, "--yes", "--skip-invalid");
  expect([left.code, left.said.includes("21 were stored")]).toEqual([0, true]);
  expect((await metricsOf(survey)).responses).toBe(21);
  // A file without bad rows leaves no list of them behind.
  await writeFile(file, [HEAD, "2024-01-01,9,,pro"].join("\n"));
  await importFile(file, survey);
  expect(existsSync(`${file}.refused.csv`)).toBe(false);
}, 60_000);

it("goes on after a kill -9 in mid-send, and doubles nothing", async () => {
  const survey = await aSurvey({ segments: ["Plan"] });
  const file = await aFile("long.csv", [HEAD, ...rowsOf(6000)].join("\n"));
  const child = spawn(process.execPath, wordsFor(file, survey, ["--yes"]), { env: environment(), stdio: "ignore" });
  const ended = once(child, "exit");
  await until(async () => (await metricsOf(survey)).responses > 0);
  child.kill("SIGKILL");
  await ended;
  const { responses: half } = await metricsOf(survey);
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(6000);
  const done = await importFile(file, survey, "--yes");
  expect(done.code).toBe(0);
  const { responses, groups } = await call<Metrics>(
    "GET",
    `/v1/surveys/${survey}/metrics?from=2024-01-01&to=2024-12-31&group_by=Plan`,
  );
  expect(responses).toBe(6000);
  expect(groups?.map(({ value, responses }) => [value, responses]).sort()).toEqual([
    ["free", 3000],
    ["pro", 3000],
  ]);
}, 120_000);

it("reads JSON as APIs give it, and names a bad record by its line", async () => {
  const survey = await aSurvey();
  const record = (id: number, score: number) => ({
    ...{ id: String(id), score, comment: "kind", survey_type: "nps", created_at: 1_710_000_000 + id },
    person: { id: `${id}`, email: `p${id}@shop.example` },
    ...{ person_properties: { plan: "pro" }, permalink: null, tags: [] },
  });
  const file = await aFile(
    "delighted.json",
    `[${[record(1, 10), record(2, 77), record(3, 9)].map((each) => JSON.stringify(each)).join(",\n")}]`,
  );
  const refused = await importFile(file, survey, "--yes");
  expect([refused.code, refused.said]).toEqual([
    1,
    expect.stringMatching(/read as: delighted[\s\S]*line 2 nps must be/),
  ]);
  const done = await importFile(file, survey, "--yes", "--skip-invalid");
  expect([done.code, done.said.includes("2 were stored")]).toEqual([0, true]);
  expect((await metricsOf(survey)).nps?.score).toBe(100);
});

describe("asks for what it is not told", () => {
  it("the survey, where there are several", async () => {
    const survey = await aSurvey({ name: "Another" });
    const file = await aFile("small.csv", `${HEAD}\n2024-01-01,9,,pro`);
    const words = [program, file, "--url", collector.url];
    const ran = promisify(execFile)(process.execPath, words, { env: environment() });
    await expect(ran).rejects.toMatchObject({ stderr: expect.stringContaining(`--survey ${survey}   Another`) });
  });

  it("the order of day and month", async () => {
    const survey = await aSurvey();
    const file = await aFile("dates.csv", `${HEAD}\n03/04/2024,9,,pro\n`);
    const asked = await importFile(file, survey, "--yes");
    expect([asked.code, asked.said.includes("--dates day-first")]).toEqual([1, true]);
    expect((await importFile(file, survey, "--yes", "--dates", "day-first")).code).toBe(0);
    const april = await call<Metrics>("GET", `/v1/surveys/${survey}/metrics?from=2024-04-03&to=2024-04-03`);
    expect(april.responses).toBe(1);
  });

  it("which column is which, where it cannot be told", async () => {
    const survey = await aSurvey();
    const file = await aFile("odd.csv", "alpha,beta\n2024-01-01,4\n");
    const asked = await importFile(file, survey, "--yes", "--map", '{"beta":""}');
    expect([asked.code, asked.said.includes("--map")]).toEqual([1, true]);
    const told = await importFile(file, survey, "--yes", "--map", '{"alpha":"created_at","beta":"csat"}');
    expect([told.code, told.said.includes("CSAT  none → 100 (1 answers)")]).toEqual([0, true]);
  });
});

describe("a mistake in the command", () => {
  it.each([
    [[], "Which file?"],
    [["a.csv", "b.csv"], "b.csv is one too many"],
    [["a.csv", "--dry"], "--dry"],
    [["a.csv", "--map", "nps"], "--map must be a JSON object"],
    [["a.csv", "--dates", "iso"], "--dates must be day-first"],
  ])("%j is said", (words, message) => {
    expect(() => wordsOf(words, {})).toThrow(message);
  });

  it("a file that is not there, and a key that may not", async () => {
    const missing = await importFile(join(folder, "none.csv"), "srv_none");
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining("There is no file") });
    const file = await aFile("one.csv", `${HEAD}\n2024-01-01,9,,pro`);
    const unknown = await importFile(file, "srv_none");
    expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining("does not let a file in") });
  });
});

it("an option without `--` before it is heard, though npm keeps it to itself", () => {
  expect(wordsOf(["a.csv"], { npm_config_survey: "srv_a", npm_config_skip_invalid: "true" })).toMatchObject({
    survey: "srv_a",
    skipInvalid: true,
  });
});
