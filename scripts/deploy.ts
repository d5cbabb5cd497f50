/**
 * `npm run deploy`: build, deploy, migrate. In this order, for the first deploy makes the database; until it is migrated
 * the Worker answers 503. `npm run deploy -- --dry-run` builds and bundles, and leaves Cloudflare alone.
 */
import { spawnSync } from "node:child_process";
import { build } from "./build.ts";
import { root } from "./paths.ts";
import { wranglerProgram } from "./wrangler.ts";

const dryRun = process.argv.includes("--dry-run");

step("Building the widget");
await build();

if (dryRun) {
  step("Bundling the Worker, without deploying it");
  wrangler("deploy", "--dry-run", "--outdir", "dist/worker");
  step("Dry run done: nothing has left this machine, no migration was applied.");
} else {
  step("Deploying the Worker and its assets");
  wrangler("deploy");
  step("Applying the migrations to the deployed database");
  wrangler("d1", "migrations", "apply", "DB", "--remote");
  step("Deployed. If this was the first time, set the root key: npx wrangler secret put ADMIN_TOKEN");
}

function step(text: string): void {
  console.log(`\n— ${text}`);
}

function wrangler(...args: string[]): void {
  const { status } = spawnSync(process.execPath, [wranglerProgram, ...args], { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(`\nwrangler ${args.join(" ")} failed; what comes after it has not been done. It is safe to run again.`);
  process.exit(status ?? 1);
}
