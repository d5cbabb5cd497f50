/**
 * `npm run deploy`: builds, uploads, brings the deployed database up to date, makes the root key on the first run, and says
 * where the dashboard is. `npm run deploy -- --dry-run` builds and bundles, and leaves Cloudflare alone.
 */
import { build } from "./build.ts";
import { deploy, StepFailed } from "./deploy-steps.ts";
import { runDeployed } from "./wrangler.ts";

try {
  await build();
  await deploy({
    dryRun: process.argv.includes("--dry-run"),
    wrangler: runDeployed,
    fetch,
    say: (text) => console.log(text),
  });
} catch (error) {
  console.error(error instanceof StepFailed ? `\n${error.message}` : error);
  process.exit(1);
}
