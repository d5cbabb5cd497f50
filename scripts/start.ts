/**
 * `npm start`: everything on this machine, with nothing but this project. Builds, migrates, makes the demo survey the
 * first time, serves collector and demo shop, and ends them all on Ctrl-C. `npm run dev` is the same with `--watch`:
 * a changed source is built anew, and the demo shop reloads itself.
 */
import { mkdir } from "node:fs/promises";
import { limits } from "../shared/limits.ts";
import type { SignInCode } from "../shared/schema/session.ts";
import { build } from "./build.ts";
import type { Collector } from "./collector.ts";
import { runCrons, startCollector } from "./collector.ts";
import { demoSurvey, makeDemoOnce } from "./demo/make.ts";
import { serveShop } from "./demo/serve.ts";
import { localVars } from "./local-vars.ts";
import { statePlaces } from "./paths.ts";
import { choosePorts } from "./ports.ts";
import { buildOnChange } from "./watch.ts";
import { applyMigrations } from "./wrangler.ts";

let collector: Collector | undefined;
let stopping = false;

async function stop(): Promise<void> {
  stopping = true;
  await collector?.stop();
  process.exit();
}

// package.json says `exec`, so that a signal sent to npm reaches this process and not a shell between; `|| node` is for
// shells that cannot. Should npm itself be killed, this process has another parent.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || stop(), 1000).unref();

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const ports = await choosePorts();
  const { state, persist, devVars, demoMade } = statePlaces();
  await mkdir(state, { recursive: true });
  const vars = { HOSTS: hostsOf(ports.collector), ...(await localVars(devVars)) };
  console.log("Building the widget, the dashboard and the database …");
  await build();
  await applyMigrations(state, persist);
  await makeDemoOnce(state, persist, demoMade);
  collector = await startCollector({ port: ports.collector, state, persist, vars, output: process.stderr });
  const watching = process.argv.includes("--watch");
  const shop = await serveShop(ports.shop, collector.url, watching);
  if (watching) buildOnChange(shop.reload);

  const survey = `${collector.url}/v1/surveys/${demoSurvey}`;
  const key = `-H "Authorization: Bearer ${vars.ADMIN_TOKEN}"`;
  const lines = [
    ["Demo page", shop.url],
    ["Linked page", `${collector.url}/s/${demoSurvey}`],
    ["Dashboard", await dashboardUrl(collector.url, vars.ADMIN_TOKEN)],
    ["", `(signs one browser in, once, within ${limits.signInCodeMinutes} minutes; after that paste the admin token)`],
    ["Metrics", `curl ${key} ${survey}/metrics`],
    ["Comments", `curl ${key} ${survey}/comments`],
    ["Admin token", vars.ADMIN_TOKEN],
  ] as const;
  for (const [name, value] of lines) console.log(`${name.padEnd(12)} ${value}`);
  console.log(`Ready on ${collector.url}`);

  runCrons(collector);

  await collector.ended;
  if (!stopping) throw new Error("The collector has ended by itself; its last words are above.");
}

/** The names under which this machine itself opens the dashboard: a name that others point here is none of them. */
function hostsOf(port: number): string {
  return [`127.0.0.1:${port}`, `localhost:${port}`].join(" ");
}

/** The dashboard with a code in the fragment, where no server logs it: signs one browser in, once. */
async function dashboardUrl(url: string, adminToken: string): Promise<string> {
  const reply = await fetch(`${url}/v1/session/codes`, {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
  });
  const { code } = (await reply.json()) as SignInCode;
  return `${url}/dashboard/#code=${code}`;
}
