/**
 * Builds anew whenever a source of what browsers load has changed. The Worker's own sources are not watched here: wrangler
 * bundles and starts them anew by itself.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

/** The scripts that build what each folder is a source of. */
const builders: Record<string, readonly string[]> = {
  shared: ["build-widget.ts", "build-dashboard.ts"],
  widget: ["build-widget.ts"],
  dashboard: ["build-dashboard.ts"],
  docs: ["build-docs.ts"],
};
/** An editor that saves several files, or one in two steps, causes one build. */
const quietMs = 50;

/** Watches until the process ends. `built` is called after each build that succeeded; a failed one prints its errors. */
export function buildOnChange(built: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  let building = false;
  let changed = new Set<string>();

  async function rebuild(): Promise<void> {
    if (building || changed.size === 0) return;
    building = true;
    const scripts = new Set([...changed].flatMap((folder) => builders[folder]!));
    changed = new Set();
    const started = performance.now();
    if ((await Promise.all([...scripts].map(run))).every((succeeded) => succeeded)) {
      console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      built();
    }
    building = false;
    await rebuild();
  }

  for (const folder of Object.keys(builders))
    watchTree(join(root, folder), () => {
      changed.add(folder);
      clearTimeout(timer);
      timer = setTimeout(rebuild, quietMs);
    });
}

/**
 * Watches every folder below `top`, those made later too. Node's own recursive watching loses sight of a file on Linux
 * once an editor or git has put another in its place; a watched folder does not.
 */
function watchTree(top: string, changed: () => void): void {
  const seen = new Set<string>();
  const look = () => {
    const folders = readdirSync(top, { recursive: true, withFileTypes: true }).filter((each) => each.isDirectory());
    for (const folder of [top, ...folders.map(({ parentPath, name }) => join(parentPath, name))]) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      const watcher = watch(folder, (event) => {
        if (event === "rename") look();
        changed();
      }).unref();
      watcher.on("error", () => seen.delete(folder));
    }
  };
  look();
}

/** Whether it succeeded. In a process of its own, for this one keeps each module as it first read it. */
async function run(script: string): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, "scripts", script), "--served"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return (await once(child, "exit"))[0] === 0;
}
