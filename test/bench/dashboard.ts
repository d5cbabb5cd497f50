/**
 * When is the dashboard usable at 4x CPU throttle, on a survey with a million responses of three years?
 * `npm run bench:dashboard [rounds]`. It seeds for two minutes and needs 1 GB; STATE=folder keeps what was seeded,
 * SIZES=0,1000 is quicker, KINDS=name;name picks, WATERFALL=1 prints each first round's requests. Real Chromium, a new
 * profile for each opening (nothing cached), signed in before; the real collector beside it on the same two cores, which
 * it shares with the page. Each opening is in a tab that is there already, and waits up to QUIET_WITHIN_MS for a moment in
 * which the machine is idle.
 *
 * *Usable*: from the start of the navigation to the frame after the one in which all of it is drawn, and one control has
 * answered on the screen: for the overview both scores, both distributions and the trend, then the period is set to 30 days
 * and the days beside it read otherwise; for the comments twenty of them, then J chooses the first; for the list a row
 * for each survey with a curve, then a row opens its survey. `cpu`: of the page's main thread until then, slowed down;
 * less at the mercy of other work than wall time, not free of it. `waiting_for_server`: how much of the time until all was
 * drawn a request was with the collector; `aloneMs`: the same request when no browser runs beside it.
 *
 * 22 November 2026, two cores, otherwise idle, medians of 9 rounds at a million responses, ms: usable · cpu · first paint ·
 * waiting_for_server
 *
 * overview 800 · 594 · 308 · 179     the same with 50 ms of latency 942 · 632 · 272 · 195
 * comments 822 · 633 · 216 · 130     list of surveys 644 · 471 · 224 · 100
 *
 * Single openings lie between 532 and 1,122. Nothing shifts. The first Intl formats are 70 to 250 ms of it.
 */
import { mkdir, rm } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "../../scripts/build.ts";
import { findChromium } from "../../scripts/chromium.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilQuiet } from "./dashboard/quiet.ts";
import { startSeeded } from "./dashboard/seeded.ts";
import type { Times, Wanted } from "./dashboard/watch.ts";
import { watch } from "./dashboard/watch.ts";

const rounds = Number(process.argv[2] ?? 9);
const SLOWER = 4;
const QUIET_WITHIN_MS = Number(process.env.QUIET_WITHIN_MS ?? 60_000);
let busy = 0;
const sizes = (process.env.SIZES ?? "0,1000,1000000").split(",").map(Number);
const kept = process.env.STATE;

const overview: Wanted = {
  painted: [".score .flash-on-change", ".card + .card .score", ".trend .line", ".pair .figure + .figure .columns rect"],
  control: { selector: ".toolbar select", choose: "30d" },
  answer: ".toolbar .span",
};
const emptyOverview = { ...overview, painted: [".empty-state h2", ".toolbar .span"] };
const feed: Wanted = {
  painted: [".comment-list > li:nth-child(20) blockquote"],
  control: { selector: "body", press: "KeyJ" },
  answer: ".comment[aria-current] .comment-head",
};
const emptyFeed: Wanted = {
  painted: [".empty-state h2", ".toolbar select"],
  control: { selector: ".toolbar select", choose: "30d" },
  answer: ".empty-state p",
};
const list: Wanted = {
  painted: [`.survey-row:nth-child(${sizes.length})`, ".survey-row .spark .line"],
  control: { selector: ".survey-row a" },
  answer: ".survey-name",
};

/** `cpuMs`: of the page's main thread until the view was usable, slowed down like all else there. */
type Opened = Times & { cpuMs: number };

type Kind = { path: string; wanted: Wanted; latency?: number };

await build();
const state = kept ?? (await temporaryFolder());
await mkdir(state, { recursive: true });
const { collector, surveys } = await startSeeded(state, sizes);
const kinds: Record<string, Kind> = { "list of surveys": { path: "/", wanted: list } };
for (const size of sizes) {
  const path = `/s/${surveys[size]}`;
  kinds[`overview, ${size}`] = { path, wanted: size ? overview : emptyOverview };
  kinds[`comments, ${size}`] = { path: `${path}/comments`, wanted: size ? feed : emptyFeed };
}
const most = `/s/${surveys[sizes.at(-1)!]}`;
kinds["overview, the most, 50 ms away"] = { path: most, wanted: overview, latency: 50 };

for (const name of Object.keys(kinds))
  if (process.env.KINDS && !process.env.KINDS.split(";").includes(name)) delete kinds[name];

const executablePath = (await findChromium()) ?? "";
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args });
const measured: Record<string, Opened[]> = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
for (let round = -1; round < rounds; round++)
  for (const [name, kind] of Object.entries(kinds)) {
    const times = await open(browser, kind);
    if (round >= 0) measured[name]!.push(times);
  }
const asked = [...new Set(Object.values(measured).flatMap(([first]) => first?.requests.map(({ path }) => path) ?? []))];
const alone: Record<string, number> = {};
for (const path of asked.filter((each) => each.startsWith("/v1/") && !each.includes("/live")))
  alone[path] = await aloneMs(path);
await browser.close();
await collector.stop();
if (!kept) await rm(state, { recursive: true });

const table = Object.fromEntries(Object.entries(measured).map(([name, all]) => [name, summaryOf(all)]));
const waterfall = Object.fromEntries(
  Object.entries(measured).map(([name, [first]]) => [name, first?.requests.map(lineOf)]),
);
if (process.env.WATERFALL) console.error(JSON.stringify(waterfall, null, 1));
console.log(
  JSON.stringify(
    {
      openings_on_a_busy_machine: busy,
      medians: table,
      aloneMs: alone,
      rounds: Object.fromEntries(
        Object.entries(measured).map(([name, all]) => [name, all.map(({ usable }) => Math.round(usable))]),
      ),
    },
    null,
    1,
  ),
);

/** One view in a profile of its own, signed in, with nothing cached. */
async function open(browser: Browser, { path, wanted, latency }: Kind): Promise<Opened> {
  const context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.request.post(`${collector.url}/v1/session`, {
      data: { key: collector.adminToken },
      headers: { Origin: collector.url },
    });
    // By the debugger itself: Playwright's own ways put a script into the page that takes a tenth of the time measured.
    const debug = await context.newCDPSession(page);
    await debug.send("Page.enable");
    await debug.send("Performance.enable", { timeDomain: "threadTicks" });
    await debug.send("Runtime.enable");
    await debug.send("Runtime.addBinding", { name: "vidhukDone" });
    const done = new Promise((resolve) => debug.once("Runtime.bindingCalled", resolve));
    await debug.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})(${JSON.stringify(wanted)})` });
    // A tab that is open already, as a browser has one in reserve: starting its process is no part of the page.
    if (!(await untilQuiet(QUIET_WITHIN_MS))) busy++;
    await debug.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    if (latency)
      await debug.send("Network.emulateNetworkConditions", {
        ...{ offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 },
      });
    await page.goto(`${collector.url}/dashboard/#${path}`, { waitUntil: "commit" });
    await done;
    const { metrics } = await debug.send("Performance.getMetrics");
    const cpuMs = (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
    // What comes below the first screen is waited for too: it must not shift what is above.
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .renewing"));
    const times = await page.evaluate(() => (globalThis as unknown as { vidhukTimes: () => Times }).vidhukTimes());
    return { ...times, cpuMs };
  } finally {
    await context.close();
  }
}

/** Median ms of a request when nothing else runs. */
async function aloneMs(path: string): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < 9; n++) {
    const start = performance.now();
    const reply = await fetch(collector.url + path, { headers: { Authorization: `Bearer ${collector.adminToken}` } });
    await reply.arrayBuffer();
    found.push(performance.now() - start);
  }
  return median(found);
}

function summaryOf(all: Opened[]): Record<string, number> {
  const of = (figure: (times: Opened) => number) => median(all.map(figure));
  return {
    usable: of(({ usable }) => usable),
    cpu: of(({ cpuMs }) => cpuMs),
    painted: of(({ painted }) => painted),
    answered_after: of(({ answeredAfter }) => answeredAfter),
    first_paint: of(({ firstPaint }) => firstPaint),
    largest_paint: of(({ largestPaint }) => largestPaint),
    longest_task: of(({ longTasks }) => Math.max(0, ...longTasks.map(({ ms }) => ms))),
    blocked: of(({ longTasks, usable }) =>
      longTasks.filter(({ start }) => start < usable).reduce((sum, { ms }) => sum + ms - 50, 0),
    ),
    waiting_for_api: of((times) => waiting(times, (path) => path.startsWith("/v1/"))),
    waiting_for_server: of((times) => waiting(times, () => true)),
    requests: of((times) => before(times).length),
    bytes: of((times) => before(times).reduce((sum, { bytes }) => sum + bytes, 0)),
    shift: Math.max(...all.map(({ shift }) => shift)),
  };
}

function before({ requests, painted }: Times): Times["requests"] {
  return requests.filter(({ start }) => start < painted);
}

/** ms until all was painted in which at least one such request was with the collector, however many at once. */
function waiting(times: Times, concerns: (path: string) => boolean): number {
  const spans = before(times)
    .filter(({ path, sent }) => sent > 0 && concerns(path) && !path.includes("/live"))
    .map(({ sent, first, end }) => [sent, Math.min(first || end || times.painted, times.painted)] as const)
    .sort(([a], [b]) => a - b);
  let until = 0;
  let sum = 0;
  for (const [from, to] of spans) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
}

function lineOf({ path, start, sent, first, end, bytes }: Times["requests"][number]): string {
  return `${[start, sent, first, end].map(Math.round).join(" · ")} · ${bytes} B · ${path.slice(0, 90)}`;
}

function median(values: number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
