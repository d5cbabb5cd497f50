import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Wrangler } from "./deploy-steps.ts";
import { root } from "./paths.ts";

/** wrangler as a program: `node` plus these arguments, whatever `node` the system has. */
export const wranglerProgram = join(root, "node_modules/wrangler/bin/wrangler.js");

/** wrangler without its conversation: nothing sent home, nothing fetched from afar, logs beside the state. */
export function quietEnvironment(state: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
    WRANGLER_LOG_PATH: join(state, "logs/"),
    WRANGLER_REGISTRY_PATH: join(state, "registry"),
    // The explorer would hand the local database to any page that finds the port.
    X_LOCAL_EXPLORER: "false",
    // It would keep every request, headers and all, in a file that grows by 5 kB each.
    X_LOCAL_OBSERVABILITY: "false",
  };
}

/** Runs one local wrangler command to its end and gives what it printed; throws with all of it when it fails. */
export async function runWrangler(state: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [wranglerProgram, ...args], {
      cwd: root,
      env: quietEnvironment(state),
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`wrangler ${args.slice(0, 3).join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Brings the on-disk D1 of `state` up to the newest migration. */
export async function applyMigrations(state: string, persist: string): Promise<void> {
  await runWrangler(state, "d1", "migrations", "apply", "DB", "--local", "--persist-to", persist);
}

/**
 * Runs wrangler against Cloudflare, in the terminal of whoever deploys, so that it can ask. `quiet` keeps what it prints
 * from the terminal; `input` is given to its standard input.
 */
export const runDeployed: Wrangler = async (args, { input, quiet = false } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), "vidhuk-deploy-"));
  // wrangler writes down there, a JSON object a line, what it has done; where the Worker is served among it.
  const record = join(folder, "record.ndjson");
  const child = spawn(process.execPath, [wranglerProgram, ...args], {
    cwd: root,
    env: { ...process.env, WRANGLER_OUTPUT_FILE_PATH: record },
    stdio: [input === undefined ? "inherit" : "pipe", quiet ? "pipe" : "inherit", "inherit"],
  });
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stdin?.end(input);
  const [status] = await once(child, "close");
  const urls = urlsIn(await readFile(record, "utf8").catch(() => ""));
  await rm(folder, { recursive: true, force: true });
  return { ok: status === 0, printed, urls };
};

/** Where the Worker is served, by wrangler's own record of a deploy: one's own domains first. Routes are left out. */
export function urlsIn(record: string): string[] {
  const entries = record
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; targets?: string[] });
  const targets = entries.filter(({ type }) => type === "deploy").flatMap(({ targets = [] }) => targets);
  return targets
    .map((target) => /^(?:https:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?: \(custom domain\b.*)?\/?$/i.exec(target)?.[1])
    .filter((host) => host !== undefined)
    .sort((a, b) => Number(a.endsWith(".workers.dev")) - Number(b.endsWith(".workers.dev")))
    .map((host) => `https://${host}`);
}
