import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { findChromium, findHeadlessChromium } from "../../scripts/chromium.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

it("takes the browser that CHROMIUM names", async () => {
  vi.stubEnv("CHROMIUM", process.execPath);
  expect([await findChromium(), await findHeadlessChromium()]).toEqual([process.execPath, process.execPath]);
});

it("says so when CHROMIUM names nothing, instead of taking another", async () => {
  vi.stubEnv("CHROMIUM", "/nowhere/chromium");
  await expect(findChromium()).rejects.toThrow("CHROMIUM names /nowhere/chromium, and no file is there.");
});

it.runIf(process.platform === "linux")("shows pages in a Chromium without windows where there is one", async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  vi.stubEnv("CHROMIUM", undefined);
  vi.stubEnv("PATH", folder);
  await writeFile(join(folder, "chromium"), "");
  expect(await findHeadlessChromium()).toBe(join(folder, "chromium"));
  await writeFile(join(folder, "chromium-headless-shell"), "");
  expect([await findChromium(), await findHeadlessChromium()]).toEqual([
    join(folder, "chromium"),
    join(folder, "chromium-headless-shell"),
  ]);
});
