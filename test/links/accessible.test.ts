/** Every linked page in every state: axe with the rules of WCAG 2.2 AA named, and the rectangles measured. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";
import { anInvitation, aSurvey } from "./collector.ts";

const looks = [
  { name: "a phone of 320 px", viewport: { width: 320, height: 640 }, locale: "en", colorScheme: "light" as const },
  { name: "a desktop in the dark", viewport: { width: 1280, height: 800 }, locale: "uk", colorScheme: "dark" as const },
  { name: "right to left", viewport: { width: 390, height: 800 }, locale: "ar", colorScheme: "light" as const },
];

type State = (page: Page) => Promise<unknown>;

async function unproven(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => {
    for (const name of ["js", "proof"]) document.forms[0]?.querySelector(`[name=${name}]`)?.remove();
    document.forms[0]?.submit();
  });
  await page.getByRole("checkbox").waitFor();
}

const states: Record<string, State> = {
  "the form, a score chosen": async (page) => page.goto((await anInvitation()).score_urls.nps?.["9"] as string),
  "the form with faces": async (page) =>
    page.goto(
      `${sharedCollector().url}/s/${await aSurvey({ csat_style: "faces", theme: { accent: "#0a7d4f" } })}?csat=2`,
    ),
  "the form with numbers": async (page) =>
    page.goto(
      `${sharedCollector().url}/s/${await aSurvey({ csat_style: "numbers", theme: { accent: "#ffd54f" } })}?csat=2&nps=0`,
    ),
  "the box to tick": async (page) => unproven(page, (await anInvitation()).score_urls.nps?.["9"] as string),
  thanks: async (page) => {
    const thanks = { promoter: { url: "https://reviews.example/lumen" } };
    await page.goto(`${sharedCollector().url}/s/${await aSurvey({ thanks })}?nps=10`);
    await page.locator("button").click();
    await page.locator("h1.big").waitFor();
  },
  "already answered": async (page) => {
    const { url } = await anInvitation();
    await page.goto(`${url}?nps=5`);
    await page.locator("button").click();
    await page.locator("h1.big").waitFor();
    await page.goto(url);
  },
  withdrawn: async (page) => {
    const { survey, id, url } = await anInvitation();
    await ask(`/v1/surveys/${survey}/invitations/${id}`, "DELETE");
    await page.goto(url);
  },
  unknown: async (page) => page.goto(`${sharedCollector().url}/r/nothing`),
  "unsubscribe, asked": async (page) => page.goto((await anInvitation()).unsubscribe_url),
};

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: typeof axe }).axe.run({
        runOnly: tags,
        rules: { "target-size": { enabled: true } },
      } as never),
    TAGS,
  );
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  expect(found.incomplete.filter(({ id }) => id === "target-size")).toEqual([]);
}

/** The smaller side of the smallest thing to press. */
async function smallestTarget(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.min(
      ...[...document.querySelectorAll("a, button, textarea, .cell, .tick")].map((each) => {
        const { width, height } = each.getBoundingClientRect();
        return Math.min(width, height);
      }),
    ),
  );
}

describe.each(looks)("on $name", ({ name: _, ...look }) => {
  it.each(Object.entries(states))("%s", async (_, show) => {
    const page = await openPage({ ...look, bypassCSP: true });
    await show(page);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await smallestTarget(page)).toBeGreaterThanOrEqual(44);
  });
});

it("puts 0 at the start edge: at the right where people write from right to left", async () => {
  const page = await openPage({ locale: "ar" });
  await page.goto(`${sharedCollector().url}/s/${await aSurvey()}`);
  const x = async (score: number) => (await page.locator(`[name=nps][value="${score}"]`).boundingBox())?.x ?? 0;
  expect(await x(0)).toBeGreaterThan(await x(10));
});

it.each(["uk", "ar"])(
  "fills its rows of scores without a hole and keeps a brand on one line, in %s",
  async (locale) => {
    const page = await openPage({ locale });
    const brand = "Fox & Honey";
    await page.goto(`${sharedCollector().url}/s/${await aSurvey({ brand })}`);
    const rowsAt = async (width: number) => {
      await page.setViewportSize({ width, height: 800 });
      return page.evaluate((brand) => {
        const question = document.querySelector("legend")!.firstChild!;
        const range = document.createRange();
        const at = question.textContent!.indexOf(brand[0]!);
        range.setStart(question, at);
        range.setEnd(question, at + brand.length);
        const boxes = [...document.querySelectorAll(".nps .cell")].map((cell) => cell.getBoundingClientRect());
        const rows = [...new Set(boxes.map(({ top }) => top))].map((top) => boxes.filter((box) => box.top === top));
        const { left, right } = document.querySelector(".nps")!.getBoundingClientRect();
        const holes = rows.map(
          (row) => right - left - Math.max(...row.map((box) => box.right)) + Math.min(...row.map((box) => box.left)),
        );
        return {
          rows: rows.map(({ length }) => length),
          holes: holes.map(Math.round),
          brand: range.getClientRects().length,
        };
      }, brand);
    };
    for (const width of [320, 360, 390, 480, 559])
      expect(await rowsAt(width), `${width} px`).toEqual({ rows: [6, 5], holes: [0, 0], brand: 1 });
    expect(await rowsAt(560)).toEqual({ rows: [11], holes: [0], brand: 1 });
  },
);

it("weighs less than 12 kB compressed with everything, in every language", async () => {
  const survey = await aSurvey({ csat_style: "faces" });
  for (const lang of ["en", "uk", "ru", "ar"]) {
    const page = await fetch(`${sharedCollector().url}/s/${survey}?nps=9&csat=4&lang=${lang}`);
    const packed = new Response(page.body?.pipeThrough(new CompressionStream("gzip")));
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(12 * 1024);
  }
});
