import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

it("bundles what a deploy would upload, and leaves Cloudflare alone, in a dry run", async () => {
  const command = ["run", "--silent", "deploy", "--", "--dry-run"];
  const { stdout } = await promisify(execFile)("npm", command, { cwd: root });
  expect(stdout).toMatch(/^— Dry run done/m);
  expect(stdout).not.toContain("Applying the migrations");
  expect(existsSync(join(root, "dist/worker/index.js"))).toBe(true);
});
