import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
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
