import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Collector } from "../../scripts/collector.ts";
import { startCollector as start } from "../../scripts/collector.ts";
import { configFor } from "../../scripts/other-entry.ts";
import { root, statePlaces } from "../../scripts/paths.ts";
import { freePort } from "../../scripts/ports.ts";
import { applyMigrations } from "../../scripts/wrangler.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type TestCollector = Collector & { adminToken: string; state: string };

export type TestCollectorOptions = {
  /** Variables of the Worker over the usual ones: an admin token, and no rate limits. */
  env?: Record<string, string>;
  /** A folder with the state of an earlier collector; the caller's to remove. Without it a fresh one, removed by stop. */
  state?: string;
  /** Another entry than worker/index.ts: its path. */
  main?: string;
  /** Lines to be added to wrangler.toml, with `main` alone. */
  toml?: string;
  /** Gets what the Worker logs as errors; by default this process's own stderr. */
  output?: NodeJS.WritableStream;
};

/** The whole Worker on local workerd, with its own D1 on disk and its own port. */
export async function startCollector(options: TestCollectorOptions = {}): Promise<TestCollector> {
  const { env = {}, state, main, toml = "", output = process.stderr } = options;
  const adminToken = env.ADMIN_TOKEN ?? "test-admin-token";
  const folder = state ?? (await temporaryFolder());
  const { persist } = statePlaces(folder);
  if (!existsSync(persist)) await cp(await migrated(), persist, { recursive: true });
  const collector = await start({
    port: await freePort(),
    state: folder,
    persist,
    vars: { ADMIN_TOKEN: adminToken, RATE_LIMIT: "off", ...env },
    output,
    ...(main && { config: await configFor(main, folder, toml) }),
  });
  return {
    ...collector,
    adminToken,
    state: folder,
    async stop() {
      await collector.stop();
      if (!state) await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A folder with an empty database to which the migrations are applied. Wrangler takes seconds for that, so each set of
 * migrations has one such folder, which is copied for each collector.
 */
async function migrated(): Promise<string> {
  const migrations = join(root, "worker/migrations");
  const hash = createHash("sha256");
  for (const name of (await readdir(migrations)).sort())
    hash.update(name).update(await readFile(join(migrations, name)));
  const kept = join(root, ".wrangler");
  const folder = join(kept, `migrated-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const state = await mkdtemp(join(kept, "migrating-"));
  await applyMigrations(state, join(state, "persist"));
  // Several may make it at once: the first puts it there.
  await rename(join(state, "persist"), folder).catch((error) => {
    if (!existsSync(folder)) throw error;
  });
  await rm(state, { recursive: true, force: true });
  return folder;
}
