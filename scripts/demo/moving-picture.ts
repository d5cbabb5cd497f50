/**
 * `npm run picture`: makes docs/one-answer.webp, the moving picture in the README. A visitor of the demo shop answers, and
 * beside it the dashboard shows the answer. Everything seen is the real thing, on a demo of its own that is thrown away
 * afterwards; only the mouse pointer is drawn, and how long each frame stands is written here.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { build } from "../build.ts";
import { findChromium } from "../chromium.ts";
import { startCollector } from "../collector.ts";
import { root } from "../paths.ts";
import { freePort } from "../ports.ts";
import { applyMigrations } from "../wrangler.ts";
import { demoSurvey, makeDemoOnce } from "./make.ts";
import { serveShop } from "./serve.ts";

const file = join(root, "docs/one-answer.webp");
const pane = { width: 470, height: 620 };
const captionHeight = 36;
const gap = 20;
const size = { width: 2 * pane.width + gap, height: captionHeight + pane.height };
const words = "Ordered on Monday, here on Tuesday. And the shirt fits!";

type Point = { x: number; y: number };
type Frame = { image: Buffer; ms: number };
type Panes = { shop: Page; dashboard: Page };

const state = await mkdtemp(join(tmpdir(), "vidhuk-picture-"));
const ending: (() => Promise<unknown>)[] = [() => rm(state, { recursive: true, force: true })];
try {
  await build();
  const frames = await film(await openPanes());
  await sharp(
    frames.map(({ image }) => image),
    { join: { animated: true } },
  )
    .webp({ quality: 82, effort: 6, smartSubsample: true, minSize: true, loop: 0, delay: frames.map(({ ms }) => ms) })
    .toFile(file);
  const seconds = frames.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  console.log(`${file}: ${frames.length} frames, ${seconds} s, ${Math.ceil((await stat(file)).size / 1000)} kB`);
} finally {
  for (const end of ending.reverse()) await end();
}

/** Plays the scene and gives its frames. */
async function film({ shop, dashboard }: Panes): Promise<Frame[]> {
  const frames: Frame[] = [];
  let pointer: Point = { x: 235, y: 560 };
  const take = async (ms: number) => {
    const images = await Promise.all([shop, dashboard].map((page) => page.screenshot()));
    frames.push({ image: await composed(images, pointer), ms });
  };
  /** The pointer goes to the middle of what is pressed, and then presses. */
  const press = async (target: Locator) => {
    const { x, y, width, height } = (await target.boundingBox())!;
    const offset = target.page() === dashboard ? pane.width + gap : 0;
    const [from, to] = [pointer, { x: offset + x + width / 2, y: captionHeight + y + height / 2 }];
    const images = await Promise.all([shop, dashboard].map((page) => page.screenshot()));
    for (const part of [0.12, 0.35, 0.65, 0.88, 1]) {
      pointer = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      frames.push({ image: await composed(images, pointer), ms: part === 1 ? 450 : 60 });
    }
    await target.page().mouse.click(x + width / 2, y + height / 2);
  };
  const survey = shop.locator("vidhuk-survey");
  const answers = dashboard.locator(".score small").first();

  await survey.getByText("How likely are you to recommend").waitFor();
  await shop.waitForTimeout(800);
  await take(1800);
  const before = await answers.textContent();
  await press(survey.getByRole("radio", { name: "10", exact: true }));
  await survey.getByText("How satisfied are you").waitFor();
  await dashboard.waitForFunction((old) => document.querySelector(".score small")?.textContent !== old, before);
  // The figure that has changed is marked for a moment, and the mark fades.
  for (const ms of [500, 200, 200]) await take(ms);
  await dashboard.waitForTimeout(1500);
  await take(1400);

  await press(survey.getByRole("radio", { name: /^5/ }));
  await survey.getByRole("textbox").waitFor();
  await shop.waitForTimeout(800);
  await take(900);
  await press(survey.getByRole("textbox"));
  for (const word of words.match(/\S+ ?/g) ?? []) {
    await shop.keyboard.type(word);
    await take(150);
  }
  await take(700);
  await press(survey.getByRole("button", { name: "Send" }));
  await survey.getByText("Thank you").first().waitFor();
  await take(1200);

  await press(dashboard.getByRole("link", { name: "Comments", exact: true }));
  await dashboard.getByText(words).waitFor();
  await dashboard.waitForTimeout(800);
  await take(3500);
  return frames;
}

/** The two pages side by side, under what they are, with the pointer over them. */
async function composed(images: readonly Buffer[], { x, y }: Point): Promise<Buffer> {
  const corner = 12;
  const panes = images.map((image, index) => ({ image, left: index * (pane.width + gap) }));
  const caption = (text: string, left: number) =>
    `<text x="${left + 4}" y="22" font-family="system-ui, DejaVu Sans, sans-serif" font-size="15" font-weight="600" fill="#76796f">${text}</text>`;
  const frame = (left: number) =>
    `<rect x="${left + 0.5}" y="${captionHeight + 0.5}" width="${pane.width - 1}" height="${pane.height - 1}" rx="${corner}" fill="none" stroke="#c9c7bf"/>`;
  const mask = `<svg width="${pane.width}" height="${pane.height}"><rect width="100%" height="100%" rx="${corner}"/></svg>`;
  const over = `<svg width="${size.width}" height="${size.height}">
    ${caption("A customer, on your page", 0)}${caption("Your team, a second later", pane.width + gap)}
    ${panes.map(({ left }) => frame(left)).join("")}
    <path transform="translate(${x} ${y})" d="M0 0v17l4.2-3.6 2.8 6.3 3-1.3-2.8-6.2h5.6z" fill="#111" stroke="#fff" stroke-width="1.4"/>
  </svg>`;
  const rounded = await Promise.all(
    panes.map(async ({ image, left }) => ({
      input: await sharp(image)
        .composite([{ input: Buffer.from(mask), blend: "dest-in" }])
        .png()
        .toBuffer(),
      left,
      top: captionHeight,
    })),
  );
  return sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([...rounded, { input: Buffer.from(over), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

async function openPanes(): Promise<Panes> {
  const persist = join(state, "state");
  await applyMigrations(state, persist);
  await makeDemoOnce(state, persist, join(state, "demo-made"));
  const vars = { ADMIN_TOKEN: crypto.randomUUID() };
  const collector = await startCollector({ port: await freePort(), state, persist, vars, output: process.stderr });
  ending.push(() => collector.stop());
  const shop = await serveShop(await freePort(), collector.url);
  ending.push(async () => shop.close());
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("No Chromium: set CHROMIUM to its path.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--hide-scrollbars"] });
  ending.push(() => browser.close());
  const context = await browser.newContext({ viewport: pane, locale: "en", colorScheme: "light" });
  const dashboard = await context.newPage();
  await context.request.post(`${collector.url}/v1/session`, {
    data: { key: vars.ADMIN_TOKEN },
    headers: { Origin: collector.url },
  });
  await dashboard.goto(`${collector.url}/dashboard/#/s/${demoSurvey}?period=7d`);
  await dashboard.getByRole("heading", { name: "NPS over time" }).waitFor();
  const page = await context.newPage();
  await page.goto(shop.url);
  return { shop: page, dashboard };
}
