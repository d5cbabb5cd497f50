/** What an erasure leaves in the database file of a real collector. SQLite alone reads the file, without our code. */
import { readFileSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import { startCollector } from "../support/collector.ts";
import { databaseFile } from "../support/stored.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const people = 10;
const answersEach = 20;
const traces = (person: number) => [`words-of-${person}-here`, `person-${person}-name`, `case-${person}-number`];
let state: string;
let file: string;

beforeAll(async () => {
  state = await temporaryFolder();
  const collector = await startCollector({ state });
  const call = async (method: string, path: string, body?: object) => {
    const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
    const reply = await fetch(collector.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    expect(reply.ok, `${method} ${path}: ${reply.status}`).toBe(true);
    return (await reply.json()) as { id: string; more: boolean };
  };
  const { id: survey } = await call("POST", "/v1/surveys", { name: "Shop", segments: ["case"] });
  await call("POST", `/v1/surveys/${survey}/invitations`, { respondents: [{ id: "person-3-name" }] });
  for (let turn = 0; turn < people * answersEach; turn++) {
    const [comment, id, value] = traces(turn % people) as [string, string, string];
    const response = { survey, id: mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10))), nps: 3 };
    await call("POST", "/v1/responses", { ...response, comment, respondent: { id }, properties: { case: value } });
  }
  await call("GET", "/v1/respondents/person-3-name");
  for (let more = true; more; ) ({ more } = await call("DELETE", "/v1/respondents/person-3-name"));
  await collector.stop();
  file = databaseFile(state);
});

afterAll(() => rm(state, { recursive: true, force: true }));

function found(path: string, person: number): string[] {
  const bytes = readFileSync(path).toString("latin1");
  return traces(person).filter((text) => bytes.includes(text));
}

it("leaves no byte of the person in any cell of the file, of tables and indexes alike", () => {
  const database = new DatabaseSync(file);
  // A copy of the rows alone, without unused bytes, free pages and the journal.
  const alive = join(state, "alive.sqlite");
  rmSync(alive, { force: true });
  database.exec(`VACUUM INTO '${alive}'`);
  database.close();
  expect(found(alive, 3)).toEqual([]);
  expect(found(alive, 4)).toEqual(traces(4));
});

it("is not wiped out of unused bytes, as docs/privacy.md says, until VACUUM", () => {
  const database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA secure_delete").get()).toMatchObject({ secure_delete: 0 });
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  expect(found(file, 3)).not.toEqual([]);
  database.exec("VACUUM");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  expect(found(file, 3)).toEqual([]);
  expect(found(file, 4)).toEqual(traces(4));
});
