/**
 * Does an upgrade lose or double anything while the earlier Worker still serves? `npm run bench:upgrade -- COMMIT`: the collector of
 * that commit is built and started from its own sources, with its own schema. Under mixed load today's migrations are applied to its
 * database; it goes on serving on the new schema; then today's Worker takes over. What was acknowledged must be there once, and the
 * counters must agree with a recount, before and after the change of Workers. A reply of 503 is no acknowledgement.
 *
 * Last answer (1 December 2026, from fcf8957, whose newest schema is 0080): 3,036 acknowledged requests, 140 answered 503 while the
 * migrations held the database; nothing was missing, doubled or miscounted.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { root } from "../../scripts/paths.ts";
import { freePort } from "../../scripts/ports.ts";
import { startCollector } from "../support/collector.ts";
import { check, until } from "../support/kills.ts";
import type { Ledger, Target } from "../support/mixed-load.ts";
import { aLedger, aToldSurvey, runMixedLoad, totalOf } from "../support/mixed-load.ts";
import { databaseFile } from "../support/stored.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Acknowledged requests of each of the three stretches. */
const requests = 1000;

const commit = process.argv[2] ?? "HEAD~1";
const folder = await temporaryFolder();
const earlier = join(folder, "earlier");
const state = join(folder, "state");
const receiver = createServer((_, reply) => reply.end());
await once(receiver.listen(0, "127.0.0.1"), "listening");
const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

let busy = 0;
try {
  execFileSync("git", ["clone", "--quiet", root, earlier]);
  execFileSync("git", ["checkout", "--quiet", commit], { cwd: earlier });
  execFileSync("npm", ["ci"], { cwd: earlier, stdio: "ignore" });
  const old = await startEarlier();
  const ledger = aLedger(await aToldSurvey(old, hook));

  let isOver = false;
  const load = runMixedLoad(
    old,
    ledger,
    () => isOver,
    () => busy++,
  );
  const more = (count: number) => until(() => totalOf(ledger) >= count);
  await Promise.race([load, more(requests)]);
  applyMissing();
  await Promise.race([load, more(totalOf(ledger) + requests)]);
  isOver = true;
  await load;
  await old.stop();
  check(state, ledger);

  const today = await startCollector({ state, env: { WEBHOOKS_TO_LOOPBACK: "on" } });
  await serve(today, ledger);
  await today.stop();
  const { responses } = check(state, ledger);
  const stored = responses.filter((row) => row.survey_id === ledger.survey).length;
  console.log(JSON.stringify({ commit, acknowledged: ledger.acknowledged, busy, stored }));
} finally {
  receiver.closeAllConnections();
  receiver.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}

/** Applies today's migrations that the database has not seen, each as one transaction, while it is in use, as D1 does. */
function applyMissing(): void {
  const database = new DatabaseSync(databaseFile(state), { timeout: 30_000 });
  const applied = new Set(
    database
      .prepare("SELECT name FROM d1_migrations")
      .all()
      .map(({ name }) => name),
  );
  const folder = join(root, "worker/migrations");
  for (const name of readdirSync(folder).sort())
    if (!applied.has(name)) database.exec(`BEGIN IMMEDIATE;\n${readFileSync(join(folder, name), "utf8")}\nCOMMIT`);
  database.close();
}

async function serve(collector: Target, ledger: Ledger): Promise<void> {
  const enough = totalOf(ledger) + requests;
  await runMixedLoad(
    collector,
    ledger,
    () => totalOf(ledger) >= enough,
    () => busy++,
  );
}

async function startEarlier(): Promise<Target & { stop(): Promise<void> }> {
  const [port, adminToken] = [await freePort(), "test-admin-token"];
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    cwd: earlier,
    env: {
      ...process.env,
      ...{ VIDHUK_STATE: state, PORT: String(port), ADMIN_TOKEN: adminToken },
      ...{ RATE_LIMIT: "off", WEBHOOKS_TO_LOOPBACK: "on" },
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  await until(() => {
    if (child.exitCode !== null) throw new Error(said);
    return said.includes("Ready on");
  });
  return {
    url: `http://127.0.0.1:${port}`,
    adminToken,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
