/** `kill -9` of a whole collector under mixed load, again and again, and what must be in its database each time. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { statePlaces } from "../../scripts/paths.ts";
import type { TestCollector } from "./collector.ts";
import { startCollector } from "./collector.ts";
import type { Act, Ledger, Memory, Send } from "./mixed-load.ts";
import { aLedger, aToldSurvey, erase, runMixedLoad, sendPart, sendResponse, totalOf } from "./mixed-load.ts";
import type { Stored, StoredRow } from "./stored.ts";
import { countersOf, databaseFile, readStored, recount } from "./stored.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type Survived = {
  kills: number;
  /** Requests that were answered with 2xx, and those that the kills cut off. */
  acknowledged: Record<Act, number>;
  cutOff: number;
  responses: number;
  messages: number;
};

/**
 * Kills the collector `kills` times, each time after about `requests` more requests were answered, and looks into a copy of the
 * database. At last everything is sent once more. Throws at the first thing that is not as it must be.
 */
export async function surviveKills(
  kills: number,
  requests: number,
  onKill: (survived: number) => void = () => {},
): Promise<Survived> {
  const state = await temporaryFolder();
  const receiver = createServer((_, reply) => reply.end());
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const start = () => startCollector({ state, env: { WEBHOOKS_TO_LOOPBACK: "on" } });
  let collector: TestCollector = await start();
  try {
    const ledger = aLedger(await aToldSurvey(collector, hook));
    let cutOff = 0;
    for (let kill = 0; kill < kills; kill++) {
      const enough = totalOf(ledger) + requests * (0.5 + Math.random());
      const load = runMixedLoad(collector, ledger, () => false);
      await Promise.race([load, until(() => totalOf(ledger) >= enough)]);
      await collector.kill9();
      await load;
      await checkCopy(state, ledger);
      onKill(kill + 1);
      cutOff += ledger.memories.filter(({ sends, acknowledged }) => sends.length > acknowledged).length;
      cutOff += ledger.parts.filter(({ acknowledged }) => !acknowledged).length;
      collector = await start();
      await sendAgain(collector, ledger);
    }
    await collector.stop();
    const stored = check(state, ledger);
    const own = stored.responses.filter((row) => row.survey_id === ledger.survey);
    assert.equal(own.length, ledger.memories.length + 10 * ledger.parts.filter(({ old }) => !old).length);
    return {
      kills,
      acknowledged: ledger.acknowledged,
      cutOff,
      responses: own.length,
      messages: messagesIn(state, ledger).length,
    };
  } finally {
    await collector.stop();
    receiver.closeAllConnections();
    receiver.close();
    await rm(state, { recursive: true, force: true });
  }
}

/** The copy is mended by SQLite; the collector mends the original when it starts, as after a power cut. */
async function checkCopy(state: string, ledger: Ledger): Promise<void> {
  const copy = await temporaryFolder();
  await cp(statePlaces(state).persist, statePlaces(copy).persist, { recursive: true });
  check(copy, ledger);
  await rm(copy, { recursive: true, force: true });
}

/** Throws unless what was acknowledged is stored once, the counters agree with the rows, and each response has its message. */
export function check(state: string, ledger: Ledger): Stored {
  const stored = readStored(state);
  const rows = new Map(stored.responses.map((row) => [String(row.id), row]));
  for (const memory of ledger.memories) checkResponse(memory, rows.get(memory.sends[0]?.id ?? ""));
  const sent = new Set(ledger.memories.map(({ sends }) => sends[0]?.id));
  const own = stored.responses.filter((row) => row.survey_id === ledger.survey);
  const imported = own.filter(({ channel }) => channel === "import");
  for (const { id, channel } of own) assert.ok(channel === "import" || sent.has(String(id)), `nobody sent ${id}`);

  const parts = ledger.parts.filter(({ old }) => !old);
  const acknowledged = 10 * parts.filter((part) => part.acknowledged).length;
  assert.ok(imported.length >= acknowledged && imported.length <= 10 * parts.length, "lines of imports");

  const ofSurvey = {
    responses: own,
    rollups: stored.rollups.filter((row) => row.survey_id === ledger.survey),
  };
  assert.deepEqual(countersOf(ofSurvey), recount(ofSurvey), "counters and rows");

  // Retention deletes rows and leaves their counters.
  for (const part of ledger.parts.filter(({ old, acknowledged }) => old && acknowledged)) {
    const counters = countersOf({ ...stored, rollups: stored.rollups.filter((row) => row.survey_id === part.survey) });
    const counted = Object.values(counters).reduce((sum, { responses = 0 }) => sum + responses, 0);
    assert.equal(counted, part.lines.length, "counters after retention");
  }

  const told = messagesIn(state, ledger);
  assert.equal(new Set(told).size, told.length, "one message for each response");
  // Of what was erased nobody is told any more.
  const toTell = own.filter(({ channel, sealed }) => channel !== "import" && sealed === 0).map(({ id }) => String(id));
  assert.deepEqual(
    toTell.filter((id) => !told.includes(id)),
    [],
    "responses without a message",
  );
  assert.deepEqual(
    told.filter((id) => !sent.has(id)),
    [],
    "messages without a response",
  );

  const brand = Number(brandIn(state, ledger.survey) || 0);
  assert.ok(brand >= ledger.brand.acknowledged && brand <= ledger.brand.asked, `brand ${brand}`);
  return stored;
}

function checkResponse({ sends, acknowledged, erased }: Memory, row: StoredRow | undefined): void {
  if (acknowledged === 0) return;
  assert.ok(row, `${sends[0]?.id} was acknowledged and is not stored`);
  if (erased === "done") assert.deepEqual([row.sealed, row.comment, row.respondent_id], [1, null, null]);
  if (erased !== "no") return;
  // A send whose answer was lost may be stored; a send that was answered must be.
  const possible = sends.slice(acknowledged - 1).map((send) => JSON.stringify(answersOf(send)));
  const { rev, nps, csat, comment } = row;
  assert.ok(possible.includes(JSON.stringify({ rev, nps, csat, comment })), `${row.id}: ${JSON.stringify(row)}`);
}

function answersOf({ rev, nps, csat, comment }: Send) {
  return { rev, nps, csat: csat ?? null, comment: comment ?? null };
}

/** Whatever was not answered is sent again, in order for each response. */
async function sendAgain(collector: TestCollector, ledger: Ledger): Promise<void> {
  for (const memory of ledger.memories.filter(({ sends, acknowledged }) => sends.length > acknowledged)) {
    for (const send of memory.sends) await sendResponse(collector, send);
    memory.acknowledged = memory.sends.length;
  }
  for (const part of ledger.parts.filter(({ acknowledged }) => !acknowledged)) await sendPart(collector, part);
  for (const memory of ledger.memories.filter(({ erased }) => erased === "asked")) await erase(collector, memory);
}

function messagesIn(state: string, { survey }: Ledger): string[] {
  const rows = reading(state, (database) =>
    database.prepare("SELECT response_id FROM webhook_deliveries WHERE survey_id = ?").all(survey),
  );
  return rows.map((row) => String(row.response_id));
}

function brandIn(state: string, survey: string): string {
  const row = reading(state, (database) =>
    database.prepare("SELECT settings ->> 'brand' AS brand FROM surveys WHERE id = ?").get(survey),
  );
  return String(row?.brand ?? "");
}

function reading<Result>(state: string, read: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(databaseFile(state));
  try {
    return read(database);
  } finally {
    database.close();
  }
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
