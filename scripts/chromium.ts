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

/** The path of a Chromium on this machine, or `null`. CHROMIUM wins, and throws when it names nothing. */
export async function findChromium(): Promise<string | null> {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM names ${named}, and no file is there.`);
  if (named) return named;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const here = (places[process.platform] ?? [])
    .flatMap((place) => (isAbsolute(place) ? [place] : folders.map((folder) => join(folder, place))))
    .find((path) => existsSync(path));
  return here ?? (await playwrightsOwn());
}

/** A Chromium for the browser tests: found, else installed; throws saying what to do when neither can be. */
export async function provideChromium(): Promise<string> {
  const found = await findChromium();
  if (found) return found;
  console.log("No Chromium found: installing one.");
  for (const install of [installFromDebian, installFromPlaywright]) {
    try {
      install();
      const installed = await findChromium();
      if (installed) return installed;
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
    }
  }
  throw new Error(
    "The browser tests need Chromium, and none could be installed. Install the package `chromium` of your system, or " +
      "set CHROMIUM to the path of a Chromium or Chrome, and run this again.",
  );
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update"], { stdio: "inherit", env });
  execFileSync("apt-get", ["install", "-y", "chromium"], { stdio: "inherit", env });
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
