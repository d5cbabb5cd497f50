/** All that a collector is asked for at once, by senders that remember what was answered with 2xx. */
import { randomBytes } from "node:crypto";
import { mintResponseId } from "../../shared/response-id.ts";

/** Where the load goes. */
export type Target = { url: string; adminToken: string };

export type Send = {
  survey: string;
  id: string;
  secret: string;
  rev: number;
  nps: number;
  csat?: number;
  comment?: string;
  properties: object;
};

/** One response as its sender remembers it: what was sent, and how many of the sends were answered. */
export type Memory = { sends: Send[]; acknowledged: number; erased: "no" | "asked" | "done" };

/** A part of an import: `old` lines are of a survey whose retention deletes them. */
export type Part = { survey: string; lines: object[]; acknowledged: boolean; old: boolean };

export type Ledger = {
  survey: string;
  memories: Memory[];
  parts: Part[];
  /** The number that the survey's brand was last set to: asked for, and answered. */
  brand: { asked: number; acknowledged: number };
  /** How many requests were answered with 2xx, by what they were. */
  acknowledged: Record<Act, number>;
};

export type Act = "create" | "amend" | "import" | "erase" | "settings" | "retention" | "webhooks" | "read";

export function aLedger(survey: string): Ledger {
  const acknowledged = { create: 0, amend: 0, import: 0, erase: 0, settings: 0, retention: 0, webhooks: 0, read: 0 };
  return { survey, memories: [], parts: [], brand: { asked: 0, acknowledged: 0 }, acknowledged };
}

export function totalOf({ acknowledged }: Ledger): number {
  return Object.values(acknowledged).reduce((sum, count) => sum + count, 0);
}

/** A survey with a segment and a webhook that is told of each response at `receiver`. */
export async function aToldSurvey(collector: Target, receiver: string): Promise<string> {
  const made = await asAdmin(collector, "POST", "/v1/surveys", { name: "Mixed", segments: ["plan"] });
  const { id } = (await made.json()) as { id: string };
  const webhook = { url: receiver, events: ["response.created"] };
  await (await asAdmin(collector, "POST", `/v1/surveys/${id}/webhooks`, webhook)).text();
  return id;
}

type Sender = (collector: Target, ledger: Ledger, turn: number) => Promise<void>;

/** How many senders of each kind work at once. */
const senders: readonly (readonly [Sender, number])[] = [
  [visit, 8],
  [importPart, 1],
  [eraseOne, 1],
  [saveSettings, 1],
  [retain, 1],
  [deliver, 1],
  [read, 1],
];

/** A reply of 503, or a job that failed: the collector may have done what it was asked for, and has not said so. */
class Busy extends Error {}

/**
 * Keeps all senders at work until `isOver` or until the collector is gone. Throws when it answers anything but 2xx, unless it
 * is busy and `onBusy` is there to be told of it: then the sender goes on with the next thing.
 */
export async function runMixedLoad(
  collector: Target,
  ledger: Ledger,
  isOver: () => boolean,
  onBusy?: () => void,
): Promise<void> {
  const work = async (sender: Sender, number: number) => {
    for (let turn = number; !isOver(); turn += 100) {
      try {
        await sender(collector, ledger, turn);
      } catch (error) {
        // What fetch throws when the other end is gone.
        if (error instanceof TypeError) return;
        if (!(error instanceof Busy && onBusy)) throw error;
        onBusy();
        await pause(100);
      }
    }
  };
  await Promise.all(
    senders.flatMap(([sender, count], kind) => Array.from({ length: count }, (_, at) => work(sender, 10 * kind + at))),
  );
}

/** A visitor: a score, for some the same again, a second score, a comment. */
async function visit(collector: Target, ledger: Ledger, turn: number): Promise<void> {
  const memory: Memory = { sends: [], acknowledged: 0, erased: "no" };
  ledger.memories.push(memory);
  const first: Send = {
    survey: ledger.survey,
    id: mintResponseId(Date.now(), randomBytes(10)),
    secret: randomBytes(16).toString("base64url"),
    rev: 1,
    nps: turn % 11,
    properties: { plan: turn % 3 ? "pro" : "free" },
  };
  const sends: Send[] = [first];
  const luck = randomBytes(1)[0]!;
  if (luck % 4 === 0) sends.push(first);
  if (luck % 2 === 0) sends.push({ ...first, rev: 2, nps: (turn + 3) % 11, csat: (turn % 5) + 1 });
  if (luck % 6 === 0) sends.push({ ...sends.at(-1)!, rev: 3, comment: `Turn ${turn}` });
  for (const send of sends) {
    memory.sends.push(send);
    await sendResponse(collector, send);
    ledger.acknowledged[memory.acknowledged === 0 ? "create" : "amend"]++;
    memory.acknowledged = memory.sends.length;
  }
}

/** As a server sends it, so that a message about it is due at once, or as a page does, which may send more. */
export async function sendResponse({ url }: Target, send: Send): Promise<void> {
  const origin = send.nps % 2 ? { Origin: "https://shop.example" } : {};
  const headers = { "Content-Type": "text/plain", ...origin };
  await answered(fetch(`${url}/v1/responses`, { method: "POST", headers, body: JSON.stringify(send) }));
}

async function importPart(collector: Target, ledger: Ledger, turn: number): Promise<void> {
  const part = aPart(ledger.survey, `part-${turn}-${randomBytes(4).toString("hex")}`, Date.now() - 86_400_000, false);
  ledger.parts.push(part);
  await sendPart(collector, part);
  ledger.acknowledged.import++;
}

export async function sendPart(collector: Target, part: Part): Promise<void> {
  const body = part.lines.map((line) => JSON.stringify(line)).join("\n");
  await (await asAdmin(collector, "POST", `/v1/surveys/${part.survey}/import`, body)).text();
  part.acknowledged = true;
}

function aPart(survey: string, name: string, at: number, old: boolean): Part {
  const lines = Array.from({ length: 10 }, (_, line) => ({
    id: `${name}-${line}`,
    created_at: new Date(at).toISOString(),
    nps: line,
    comment: "imported",
  }));
  return { survey, lines, acknowledged: false, old };
}

async function eraseOne(collector: Target, ledger: Ledger): Promise<void> {
  const whole = ledger.memories.find(
    ({ sends, acknowledged, erased }) => erased === "no" && acknowledged > 0 && sends.length === acknowledged,
  );
  if (!whole) return pause(20);
  whole.erased = "asked";
  await erase(collector, whole);
  ledger.acknowledged.erase++;
  // Not more than a few of all: the others are to be compared.
  await pause(40);
}

export async function erase(collector: Target, memory: Memory): Promise<void> {
  const { survey, id } = memory.sends[0]!;
  await (await asAdmin(collector, "DELETE", `/v1/surveys/${survey}/responses/${id}`)).text();
  memory.erased = "done";
}

async function saveSettings(collector: Target, { survey, brand, acknowledged }: Ledger): Promise<void> {
  const number = ++brand.asked;
  await (await asAdmin(collector, "PATCH", `/v1/surveys/${survey}`, { brand: String(number) })).text();
  brand.acknowledged = number;
  acknowledged.settings++;
  await pause(10);
}

/** A survey of old responses, whose retention then deletes them. */
async function retain(collector: Target, ledger: Ledger, turn: number): Promise<void> {
  const made = await asAdmin(collector, "POST", "/v1/surveys", { name: `Old ${turn}` });
  const { id } = (await made.json()) as { id: string };
  const part = aPart(id, "old", Date.now() - 60 * 86_400_000, true);
  ledger.parts.push(part);
  await sendPart(collector, part);
  await (await asAdmin(collector, "PATCH", `/v1/surveys/${id}`, { retention_days: 30 })).text();
  await runCron(collector, "*/10 * * * *");
  ledger.acknowledged.retention++;
}

async function deliver(collector: Target, ledger: Ledger): Promise<void> {
  await runCron(collector, "* * * * *");
  ledger.acknowledged.webhooks++;
  await pause(20);
}

async function read(collector: Target, ledger: Ledger): Promise<void> {
  await (await asAdmin(collector, "GET", `/v1/surveys/${ledger.survey}/metrics`)).text();
  ledger.acknowledged.read++;
}

export async function runCron({ url }: Target, cron: string): Promise<void> {
  await answered(fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`));
}

async function asAdmin(
  { url, adminToken }: Target,
  method: string,
  path: string,
  body?: string | object,
): Promise<Response> {
  const isLines = typeof body === "string";
  const reply = await fetch(url + path, {
    method,
    headers: {
      Authorization: `Bearer ${adminToken}`,
      "Content-Type": isLines ? "application/x-ndjson" : "application/json",
    },
    ...(body !== undefined && { body: isLines ? body : JSON.stringify(body) }),
  });
  if (!reply.ok) throw refusal(reply.status, `${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}

async function answered(asked: Promise<Response>): Promise<void> {
  const reply = await asked;
  const text = await reply.text();
  if (!reply.ok) throw refusal(reply.status, `${reply.url}: ${reply.status} ${text}`);
}

function refusal(status: number, message: string): Error {
  // A job that fails runs again with the next cron.
  return status === 503 || message.includes("/scheduled?") ? new Busy(message) : new Error(message);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
