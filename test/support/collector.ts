import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Collector } from "../../scripts/collector.ts";
import { startCollector as start } from "../../scripts/collector.ts";
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
  /** Gets what the Worker logs as errors; by default this process's own stderr. */
  output?: NodeJS.WritableStream;
};

/** The whole Worker on local workerd, with its own D1 on disk and its own port. */
export async function startCollector(options: TestCollectorOptions = {}): Promise<TestCollector> {
  const { env = {}, state, main, output = process.stderr } = options;
  const adminToken = env.ADMIN_TOKEN ?? "test-admin-token";
  const folder = state ?? (await temporaryFolder());
  const { persist } = statePlaces(folder);
  if (!existsSync(persist)) await applyMigrations(folder, persist);
  const collector = await start({
    port: await freePort(),
    state: folder,
    persist,
    vars: { ADMIN_TOKEN: adminToken, RATE_LIMIT: "off", ...env },
    output,
    ...(main && { config: await configFor(main, folder) }),
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

/** The project's own wrangler.toml but for the entry, in `folder`: its paths go from where it stands. */
async function configFor(main: string, folder: string): Promise<string> {
  const own = await readFile(join(root, "wrangler.toml"), "utf8");
  const moved = own.replace(
    /^(main|migrations_dir|directory) = "(.+)"$/gm,
    (_, name, path) => `${name} = ${JSON.stringify(resolve(root, name === "main" ? main : path))}`,
  );
  const config = join(folder, "wrangler.toml");
  await writeFile(config, moved);
  return config;
}
