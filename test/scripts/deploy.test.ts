import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { copyProject } from "../support/project-copy.ts";

it("bundles what a deploy would upload, and leaves Cloudflare alone, in a dry run", async () => {
  const command = ["run", "--silent", "deploy", "--", "--dry-run"];
  const project = await copyProject();
  onTestFinished(() => rm(project, { recursive: true }));
  const { stdout } = await promisify(execFile)("npm", command, { cwd: project });
  expect(stdout).toMatch(/^— Dry run done/m);
  expect(stdout).not.toContain("Applying the migrations");
  expect(existsSync(join(project, "dist/worker/index.js"))).toBe(true);
});
