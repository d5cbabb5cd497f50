import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Where Chromium and its kin are installed, per platform; bare names are looked up on the PATH. */
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((folder) =>
    process.env[folder] ? [join(process.env[folder], "Google/Chrome/Application/chrome.exe")] : [],
  ),
};

/** Debian's package of the browser without windows, and the program in it. */
const HEADLESS_SHELL = "chromium-headless-shell";

/** The path of a Chromium on this machine, or `null`. CHROMIUM wins, and throws when it names nothing. */
export async function findChromium(): Promise<string | null> {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM names ${named}, and no file is there.`);
  if (named) return named;
  return firstThere(places[process.platform] ?? []) ?? (await playwrightsOwn());
}

/**
 * The path of the cheapest Chromium that can show a page, or `null`. Where there is one without windows (`HEADLESS_SHELL`)
 * it is that one: 22 tests of the dashboard took 33 s of CPU time in it and 49 s in the other. It has no back/forward cache.
 */
export async function findHeadlessChromium(): Promise<string | null> {
  return (process.env.CHROMIUM ? null : firstThere([HEADLESS_SHELL])) ?? (await findChromium());
}

/** Finds a Chromium for the browser tests, else installs one; throws saying what to do when neither can be done. */
export async function provideChromium(): Promise<void> {
  if (await findChromium()) return;
  console.log("No Chromium found: installing one.");
  for (const install of [installFromDebian, installFromPlaywright]) {
    try {
      install();
      if (await findChromium()) return;
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
    }
  }
  throw new Error(
    "The browser tests need Chromium, and none could be installed. Install the package `chromium` of your system, or " +
      "set CHROMIUM to the path of a Chromium or Chrome, and run this again.",
  );
}

function firstThere(places: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return places
    .flatMap((place) => (isAbsolute(place) ? [place] : folders.map((folder) => join(folder, place))))
    .find((path) => existsSync(path));
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update"], { stdio: "inherit", env });
  execFileSync("apt-get", ["install", "-y", "chromium", HEADLESS_SHELL], { stdio: "inherit", env });
}

function installFromPlaywright(): void {
  const cli = join(import.meta.dirname, "../node_modules/playwright-core/cli.js");
  execFileSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit" });
}

/** Loaded on need: the commands that never meet a browser do without it. */
async function playwrightsOwn(): Promise<string | null> {
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}
