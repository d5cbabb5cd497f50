import type { Browser, BrowserContext, BrowserContextOptions, LaunchOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { findChromium, findHeadlessChromium } from "../../scripts/chromium.ts";

/** Chromium makes no requests of its own, and runs without its sandbox, which does not work as root in a container. */
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
let withCache: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];

/**
 * A page in a browser profile of its own: empty storage, no cookies. The browser is launched at the first call and shared by
 * the test files that one process runs, and ends with it; browser-setup.ts closes the profile after each test.
 */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= launch(findHeadlessChromium);
  return pageIn(await browser, options);
}

/** The same in a Chromium that keeps pages in its back/forward cache, as everybody's does but Playwright's. */
export async function openCachedPage(options: BrowserContextOptions = {}): Promise<Page> {
  withCache ??= launch(findChromium, { ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  return pageIn(await withCache, options);
}

async function pageIn(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  contexts.push(context);
  return context.newPage();
}

/** Closes every profile that a test has opened. */
export async function closeProfiles(): Promise<void> {
  await Promise.all(contexts.splice(0).map(close));
}

/** A request that a test answers may still be on its way when the test has seen enough: that is no fault. */
async function close(context: BrowserContext): Promise<void> {
  const options = { behavior: "ignoreErrors" } as const;
  await Promise.all([context, ...context.pages()].map((each) => each.unrouteAll(options)));
  await context.close();
}

async function launch(find: () => Promise<string | null>, options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await find();
  if (!executablePath) throw new Error("No Chromium: `npm test` installs one, or set CHROMIUM to its path.");
  return chromium.launch({ executablePath, args: flags, ...options });
}
