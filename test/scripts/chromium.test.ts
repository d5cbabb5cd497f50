import { expect, it, vi } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";

it("takes the browser that CHROMIUM names", async () => {
  vi.stubEnv("CHROMIUM", process.execPath);
  expect(await findChromium()).toBe(process.execPath);
});

it("says so when CHROMIUM names nothing, instead of taking another", async () => {
  vi.stubEnv("CHROMIUM", "/nowhere/chromium");
  await expect(findChromium()).rejects.toThrow("CHROMIUM names /nowhere/chromium, and no file is there.");
});
