/**
 * How many link tokens are signed and verified in a second, and what CPU does a call with a thousand invitations take?
 * `npm run bench:links`. On local workerd; CPU is that of its processes as Linux counts it, in steps of 10 ms, so each
 * figure is of many calls.
 */
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startCollector as start } from "../../scripts/collector.ts";
import { freePort } from "../../scripts/ports.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const rounds = 3;
const tokens = 5_000;
const callsPerRound = 3;

const state = await temporaryFolder();
const config = join(import.meta.dirname, "links/wrangler.toml");
const bare = await start({ port: await freePort(), state, persist: state, vars: {}, output: process.stderr, config });
const perSecond = { sign: [] as number[], verify: [] as number[] };
for (let round = -1; round < rounds; round++)
  for (const act of ["sign", "verify"] as const) {
    const before = workerdCpuMs();
    await (await fetch(`${bare.url}/${act}?times=${tokens}`)).text();
    if (round >= 0) perSecond[act].push(Math.round((tokens / (workerdCpuMs() - before)) * 1000));
  }
await bare.stop();
await rm(state, { recursive: true });

const collector = await startCollector();
const survey = (await ask<{ id: string }>("/v1/surveys", { name: "Bench" })).id;
const cpuMs: Record<string, number[]> = { "1": [], "100": [], "300": [], "1000": [] };
let person = 0;
for (let round = -1; round < rounds; round++)
  for (const [people, found] of Object.entries(cpuMs)) {
    const before = workerdCpuMs();
    for (let call = 0; call < callsPerRound; call++) {
      const respondents = Array.from({ length: Number(people) }, () => ({ id: `person-${person++}` }));
      await ask(`/v1/surveys/${survey}/invitations`, { respondents });
    }
    if (round >= 0) found.push((workerdCpuMs() - before) / callsPerRound);
  }
await collector.stop();

const medians = Object.fromEntries(Object.entries(cpuMs).map(([people, found]) => [people, median(found)]));
console.log(
  JSON.stringify({
    tokensPerCpuSecond: { sign: median(perSecond.sign), verify: median(perSecond.verify) },
    cpuMsPerCall: medians,
    rounds: { perSecond, cpuMs },
  }),
);

async function ask<Body>(path: string, body: unknown): Promise<Body> {
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const reply = await fetch(collector.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as Body;
}

/** User and system time of every workerd below this process, in ms. */
function workerdCpuMs(): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [, name = "", rest = ""] = /\((.*)\) (.*)/.exec(stat) ?? [];
        const fields = rest.split(" ");
        return [{ pid, name, parent: fields[1] ?? "", ms: (Number(fields[11]) + Number(fields[12])) * 10 }];
      } catch {
        return [];
      }
    });
  const below = new Set([String(process.pid)]);
  for (let grew = true; grew; ) {
    const before = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
    grew = below.size > before;
  }
  return processes.filter(({ pid, name }) => below.has(pid) && name === "workerd").reduce((sum, { ms }) => sum + ms, 0);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
