import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, afterEach } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";

/** Chromium asks nobody on the network and runs as root in a container, where its sandbox cannot. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];

/**
 * A page in a browser profile of its own: empty storage, no cookies. The browser is launched at the first call in a
 * test file and shared within it; the profile is closed after each test.
 */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= launch();
  const context = await (await browser).newContext(options);
  contexts.push(context);
  return context.newPage();
}

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

async function launch(): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("No Chromium: `npm test` installs one, or set CHROMIUM to its path.");
  return chromium.launch({ executablePath, args: flags });
}
