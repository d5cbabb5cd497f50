/**
 * `npm test`: builds, finds or installs Chromium, then runs every script of package.json whose name begins with
 * `test:`, in their order, and stops at the first that fails. The last line is `N passed, N failed`.
 * `npm test -- FILE` (or any other arguments of Vitest) builds and runs those tests alone.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { provideChromium } from "./chromium.ts";
import { root } from "./paths.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const all = Object.keys(scripts).filter((name) => name.startsWith("test:"));
const chosen = process.argv.slice(2);
const checks = chosen.length > 0 ? ["test:run"] : all;

try {
  await build();
  await provideChromium();
} catch (error) {
  end(`${error instanceof Error ? error.message : error}`);
}

for (const check of checks) {
  console.log(`\n— ${check}`);
  const { status } = spawnSync("npm", ["run", "--silent", check, "--", ...chosen], {
    cwd: root,
    stdio: "inherit",
    // npm is a script without an .exe there.
    shell: process.platform === "win32",
  });
  // The tests print the closing line themselves, from what they counted; they come last.
  if (status !== 0 && check === checks.at(-1)) process.exit(status ?? 1);
  if (status !== 0) end(`${check} failed: see above. To run it alone: npm run ${check}`);
}

/** The closing line of a run that got no further: what failed is one thing, and the tests were not run. */
function end(message: string): never {
  console.error(`\n${message}`);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
