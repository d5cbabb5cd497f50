/**
 * Somebody stuffs the ballot: what gets in, what carries a flag, what do honest visitors notice, what does it cost?
 * `npm run bench:stuffing [posts]`, on a collector of its own on this machine. The attacker invents everything that a script
 * can: the page's origin, Chrome's name, fresh ids and secrets; once from one network, once from 10,000 addresses. An
 * honest visitor comes every half second from an address of his own, and tries again as the widget would.
 *
 * 22 November 2026, 100,000 posts each, two cores. One network, 437 a second: 150 got in, all flagged, the rest refused
 * without a row; 457 of 457 visitors stored at the first try, none flagged, slowest 0.8 s; 1,364 rows. 10,000 addresses,
 * 162 a second, three times what a survey takes in a minute: 5,411 got in (half of the day's 10,000 is for flagged ones,
 * and a little more slips in between two looks), all flagged; of 1,230 visitors 963 were stored within two minutes, none
 * flagged, 267 kept their answer on the device; 18,159 rows.
 */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { startCollector } from "../../scripts/collector.ts";
import { statePlaces } from "../../scripts/paths.ts";
import { freePort } from "../../scripts/ports.ts";
import { applyMigrations, runWrangler } from "../../scripts/wrangler.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const posts = Number(process.argv[2] ?? 100_000);
const concurrency = 32;
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const page = { Origin: "https://shop.example", "Content-Type": "text/plain", "User-Agent": chrome };

const state = await temporaryFolder();
const { persist } = statePlaces(state);
await applyMigrations(state, persist);
const vars = { ADMIN_TOKEN: "bench", RATE_LIMIT: "" };
const collector = await startCollector({ port: await freePort(), state, persist, vars, output: process.stderr });
const agent = new Agent({ keepAlive: true, maxSockets: concurrency + 4 });

const addresses = {
  "one network": (n: number) => `2001:db8:1:2::${(n % 60_000).toString(16)}`,
  "10,000 addresses": (n: number) => `198.18.${Math.floor((n % 10_000) / 250)}.${n % 250}`,
};
const found: Record<string, unknown> = {};
for (const [name, addressOf] of Object.entries(addresses)) found[name] = await attack(addressOf);

agent.destroy();
await collector.stop();
for (const [name, each] of Object.entries(found)) {
  const { survey, ...told } = each as { survey: string };
  console.log(JSON.stringify({ from: name, ...told, ...(await stored(survey)) }));
}
await rm(state, { recursive: true });

async function attack(addressOf: (n: number) => string) {
  const made = await send("POST", "/v1/surveys", { name: "Stuffed" }, { Authorization: "Bearer bench" });
  const { id: survey } = JSON.parse(made.text) as { id: string };
  const replies: Record<number, number> = {};
  const honest = { visitors: 0, stored: 0, tries: 0, slowestMs: 0 };
  let left = posts;
  const started = performance.now();
  const attacker = async () => {
    while (left > 0) {
      const from = { ...page, "CF-Connecting-IP": addressOf(left--) };
      const { status } = await send("POST", "/v1/responses", aResponse(survey, 0), from);
      replies[status] = (replies[status] ?? 0) + 1;
    }
  };
  const visitors: Promise<void>[] = [];
  const visit = setInterval(() => visitors.push(visitor(survey, honest)), 500);
  await Promise.all(Array.from({ length: concurrency }, attacker));
  clearInterval(visit);
  const seconds = Math.round((performance.now() - started) / 1000);
  await Promise.all(visitors);
  return { survey, posts, seconds, replies, honest };
}

/** Three tries within two minutes; a tap that none of them brought in waits in the outbox for another page. */
async function visitor(survey: string, honest: Record<"visitors" | "stored" | "tries" | "slowestMs", number>) {
  const body = aResponse(survey, 10);
  const from = { ...page, "Sec-Fetch-Mode": "cors", "CF-Connecting-IP": `192.0.2.${++honest.visitors % 250}` };
  for (let attempt = 0; attempt < 3; attempt++) {
    honest.tries++;
    const started = performance.now();
    const { status } = await send("POST", "/v1/responses", body, from);
    honest.slowestMs = Math.max(honest.slowestMs, Math.round(performance.now() - started));
    if (status < 300) {
      honest.stored++;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
}

/** What the database holds of each side (the attacker says 0, visitors 10), and the rows that it took to write. */
async function stored(survey: string) {
  const sql = `SELECT nps, flags <> '[]' AS flagged, count(*) AS n FROM responses WHERE survey_id = '${survey}' GROUP BY 1, 2`;
  const printed = await runWrangler(
    state,
    "d1",
    "execute",
    "DB",
    "--local",
    "--persist-to",
    persist,
    "--json",
    "--command",
    sql,
  );
  const rows = (JSON.parse(printed) as [{ results: { nps: number; flagged: number; n: number }[] }])[0].results;
  const count = (nps: number, flagged: number) =>
    rows.find((row) => row.nps === nps && row.flagged === flagged)?.n ?? 0;
  // A response and its day's total are two rows; the flag's counter is a third.
  const rowsWritten = 2 * (count(0, 0) + count(10, 0)) + 3 * (count(0, 1) + count(10, 1));
  return {
    gotIn: count(0, 0) + count(0, 1),
    flagged: count(0, 1),
    honestStored: count(10, 0) + count(10, 1),
    honestFlagged: count(10, 1),
    rowsWritten,
  };
}

function aResponse(survey: string, nps: number) {
  return {
    survey,
    id: mintResponseId(Date.now(), randomBytes(10)),
    secret: randomBytes(16).toString("base64url"),
    rev: 1,
    nps,
  };
}

function send(method: string, path: string, body: object, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const options = { method, agent, headers: { "Content-Type": "application/json", ...headers } };
    const sent = request(`${collector.url}${path}`, options, (reply) => {
      let text = "";
      reply.setEncoding("utf8");
      reply.on("data", (part: string) => {
        text += part;
      });
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(body));
  });
}
