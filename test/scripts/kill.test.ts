import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { Stored } from "./stored.ts";
import { countersOf, readStored, recount } from "./stored.ts";

const visitors = 16;
const acknowledgedBeforeKill = 400;

type Send = {
  survey: string;
  id: string;
  secret: string;
  rev: number;
  nps: number;
  csat?: number;
  comment?: string;
  properties: object;
};

/** One response as its sender remembers it: what was sent, and how many of the sends were answered with 2xx. */
type Memory = { sends: Send[]; acknowledged: number };

describe("kill -9 of the whole collector in the middle of a stream of posts", () => {
  let state: string;
  let survey: string;
  let collector: TestCollector | undefined;
  const memories: Memory[] = [];
  let afterKill: Stored;
  let afterResending: Stored;

  beforeAll(async () => {
    state = await temporaryFolder();
    collector = await startCollector({ state });
    survey = await makeSurvey(collector);
    const stream = Array.from({ length: visitors }, (_, index) =>
      visit(collector as TestCollector, survey, memories, index),
    );
    await until(() => acknowledged(memories) >= acknowledgedBeforeKill);
    await collector.kill9();
    await Promise.all(stream);

    // The collector starts once more, so that workerd recovers the database as it does after a real crash.
    collector = await startCollector({ state });
    await collector.stop();
    afterKill = readStored(state);

    collector = await startCollector({ state });
    await resend(collector, memories);
    await collector.stop();
    afterResending = readStored(state);
  });

  afterAll(async () => {
    await collector?.stop();
    await rm(state, { recursive: true, force: true });
  });

  it("met sends under way", () => {
    expect(memories.filter(({ sends, acknowledged }) => sends.length > acknowledged).length).toBeGreaterThan(0);
  });

  it("keeps every acknowledged response once", () => {
    const stored = new Map(afterKill.responses.map((row) => [row.id, row]));
    expect(stored.size).toBe(afterKill.responses.length);
    for (const { sends, acknowledged } of memories) {
      if (acknowledged === 0) continue;
      const row = stored.get(sends[0]?.id ?? "");
      // A send whose reply was lost may be stored; a send that was answered must be stored.
      const possible = sends.slice(acknowledged - 1).map(answersOf);
      expect(possible).toContainEqual({ rev: row?.rev, nps: row?.nps, csat: row?.csat, comment: row?.comment });
    }
  });

  it("holds nothing that nobody sent", () => {
    const sent = new Set(memories.map(({ sends }) => sends[0]?.id));
    expect(afterKill.responses.filter(({ id }) => !sent.has(String(id)))).toEqual([]);
  });

  it("has counters that agree with a recount of the raw rows", () => {
    expect(countersOf(afterKill)).toEqual(recount(afterKill));
    expect(Object.keys(countersOf(afterKill)).length).toBeGreaterThan(1);
  });

  it("is changed by no send that was acknowledged before, and completed by those that were not", () => {
    const complete = new Set(
      memories.filter(({ sends, acknowledged }) => sends.length === acknowledged).map(({ sends }) => sends[0]?.id),
    );
    const ofComplete = ({ responses }: Stored) => responses.filter(({ id }) => complete.has(String(id)));
    expect(ofComplete(afterResending)).toEqual(ofComplete(afterKill));
    expect(afterResending.responses.length).toBe(memories.length);
    for (const { sends } of memories) {
      const row = afterResending.responses.find(({ id }) => id === sends[0]?.id);
      expect({ rev: row?.rev, nps: row?.nps, csat: row?.csat, comment: row?.comment }).toEqual(
        answersOf(sends.at(-1) as Send),
      );
    }
    expect(countersOf(afterResending)).toEqual(recount(afterResending));
  });
});

async function makeSurvey({ url, adminToken }: TestCollector): Promise<string> {
  const response = await fetch(`${url}/v1/surveys`, {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Kill", segments: ["plan"] }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** Sends responses one after another until the connection fails: a score, for some a retry, a second score, a comment. */
async function visit(collector: TestCollector, survey: string, memories: Memory[], visitor: number): Promise<void> {
  for (let turn = visitor; ; turn++) {
    const memory: Memory = { sends: [], acknowledged: 0 };
    memories.push(memory);
    const first: Send = {
      survey,
      id: mintResponseId(Date.now(), randomBytes(10)),
      secret: randomBytes(16).toString("base64url"),
      rev: 1,
      nps: turn % 11,
      properties: { plan: turn % 3 ? "pro" : "free" },
    };
    const sends: Send[] = [first];
    if (turn % 4 === 0) sends.push(first);
    if (turn % 2 === 0) sends.push({ ...first, rev: 2, nps: (turn + 3) % 11, csat: (turn % 5) + 1 });
    if (turn % 6 === 0) sends.push({ ...(sends.at(-1) as Send), rev: 3, comment: `Turn ${turn}` });
    for (const send of sends) {
      memory.sends.push(send);
      try {
        const response = await post(collector, send);
        if (!response.ok) throw new Error(`POST answered ${response.status}: ${await response.text()}`);
        await response.text();
      } catch (error) {
        // What fetch throws when the other end is gone; an answer that is no 2xx is a fault of the collector.
        if (error instanceof TypeError) return;
        throw error;
      }
      memory.acknowledged = memory.sends.length;
    }
  }
}

/** Sends everything again, in order for each response, several responses at a time. */
async function resend(collector: TestCollector, memories: Memory[]): Promise<void> {
  const waiting = [...memories];
  const resendSome = async () => {
    for (let memory = waiting.pop(); memory; memory = waiting.pop())
      for (const send of memory.sends) expect((await post(collector, send)).status).toBeOneOf([200, 201]);
  };
  await Promise.all(Array.from({ length: visitors }, resendSome));
}

function post({ url }: TestCollector, send: Send): Promise<Response> {
  return fetch(`${url}/v1/responses`, {
    method: "POST",
    headers: { "Content-Type": "text/plain", Origin: "https://shop.example" },
    body: JSON.stringify(send),
  });
}

function answersOf({ rev, nps, csat = undefined, comment = undefined }: Send) {
  return { rev, nps, csat: csat ?? null, comment: comment ?? null };
}

function acknowledged(memories: Memory[]): number {
  return memories.reduce((total, memory) => total + memory.acknowledged, 0);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
