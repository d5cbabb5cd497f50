/** What a survey with very many responses asks of the page, as far as it can be told without a clock. */
import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Page as List } from "../../shared/schema/paging.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

let survey: Survey;

beforeAll(async () => {
  survey = await aSurvey({ segments: ["plan"], topics: [{ name: "Delivery", stems: ["deliver"] }] });
  for (let nps = 0; nps <= 10; nps++)
    await answer(survey.id, { nps, csat: 1 + (nps % 5), comment: `delivery ${nps}`, properties: { plan: `p${nps}` } });
});

/** Everything drawn, nothing on its way. */
async function drawn(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  await expect.poll(() => page.locator("[aria-busy=true], .renewing").count()).toBe(0);
}

async function sumOfShifts(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        // What is buffered is handed over before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}

describe("the first view", () => {
  it.each([
    ["overview", () => `/s/${survey.id}`, ["", "/metrics"]],
    ["comments", () => `/s/${survey.id}/comments`, ["", "/comments"]],
  ])("%s asks for all it shows at once, before the page's own code has come", async (_, path, parts) => {
    const page = await openDashboard({ path: "/" });
    await drawn(page, ".survey-row");
    const wanted = ["/v1/session", ...parts.map((part) => `/v1/surveys/${survey.id}${part}`)];
    const open = new Set(wanted);
    const { promise: allAsked, resolve } = Promise.withResolvers<void>();
    // Nothing is answered until everything has been asked for: a request that waits for another would wait for ever.
    await page.route(/\/v1\/|\/assets\/page-/, async (route) => {
      open.delete(new URL(route.request().url()).pathname);
      if (open.size === 0) resolve();
      await allAsked;
      await route.continue();
    });
    const { origin } = new URL(page.url());
    // Away first: another address after the # alone would load nothing.
    await page.goto("about:blank");
    await page.goto(`${origin}/dashboard/#${path()}`);
    await drawn(page, parts.includes("/comments") ? ".comment" : ".trend svg");
  });

  it("comes in few files and bytes", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await drawn(page, ".latest");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    const files = [...new Set([page.url().split("#")[0]!, ...loaded.filter((url) => url.includes("/dashboard/"))])];
    const sizes = await Promise.all(
      files.map(async (url) => brotliCompressSync(await (await fetch(url)).bytes()).length),
    );
    expect(files.length).toBeLessThanOrEqual(7);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(48_000);
  });

  it("asks for nothing twice when the live stream begins", async () => {
    const page = await openDashboard({ path: "/" });
    await drawn(page, ".survey-row");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url().replace(/^.*\/v1\/surveys\/[^/]+/, "")));
    const figures = (url: string) => /\/metrics\?(?!.*group_by)/.test(url);
    const { promise: again, resolve } = Promise.withResolvers<void>();
    page.on("requestfinished", () => asked.filter(figures).length === 2 && resolve());
    await page.goto(new URL(`/dashboard/#/s/${survey.id}`, page.url()).href);
    await drawn(page, ".latest");
    // The stream's first word: the figures are asked for again, and they are the same.
    await again;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    for (const part of [/\/topics/, /group_by/, /\/comments/])
      expect(asked.filter((url) => part.test(url))).toHaveLength(1);
  });

  it.each([
    ["the list", () => "/", ".survey-row"],
    ["the overview", () => `/s/${survey.id}`, ".latest"],
    ["the comments", () => `/s/${survey.id}/comments`, ".comment"],
  ])("%s never shifts", async (_, path, selector) => {
    const page = await openDashboard({ path: path() });
    await drawn(page, selector);
    expect(await sumOfShifts(page)).toBe(0);
  });
});

it("an interval narrower than a point is told with a decimal", async () => {
  const page = await openDashboard({ path: "/" });
  await page.route(new RegExp(`${survey.id}/metrics\\?(?!.*group_by)`), async (route) => {
    const figures = await (await route.fetch()).json();
    await route.fulfill({
      json: { ...figures, nps: { ...figures.nps, interval: { level: 0.95, low: -6.4, high: -6.1 } } },
    });
  });
  await page.goto(new URL(`/dashboard/#/s/${survey.id}`, page.url()).href);
  await page.getByText("Most likely between −6.4 and −6.1").waitFor();
});

describe("the comments of many", () => {
  /** As the collector would give them: `pages` of a hundred, of different heights. */
  async function aLongList(pages: number) {
    const [model] = (await ask<List<CommentItem>>("GET", `/v1/surveys/${survey.id}/comments`)).items;
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await drawn(page, ".trend svg");
    await page.route(/\/comments\?.*limit=20/, async (route) => {
      const at = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
      const items = Array.from({ length: 100 }, (_, index) => {
        const number = at * 100 + index + 1;
        return { ...model, id: `id-${number}`, comment: `remark ${number}: ${"and so on ".repeat((number * 7) % 60)}` };
      });
      await route.fulfill({ json: { items, next: at + 1 < pages ? String(at + 1) : null } });
    });
    await page.getByRole("link", { name: "Comments", exact: true }).click();
    await page.getByText("remark 1:").waitFor();
    return page;
  }

  const elements = (page: Page) => page.locator(".comment-list *").count();

  it("two thousand keep the document small, and the place of whoever comes back", async () => {
    const page = await aLongList(20);
    await expect
      .poll(
        async () => {
          await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
          expect(await elements(page)).toBeLessThan(4_000);
          return page.getByText("remark 2000:").count();
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe(1);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    const inSight = () =>
      page.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest("li")?.textContent);
    await expect.poll(inSight).toContain("remark");
    const before = await inSight();
    await page.goBack();
    await drawn(page, ".trend svg");
    await page.goForward();
    await expect.poll(inSight).toBe(before);
    expect(await elements(page)).toBeLessThan(4_000);
  });

  it("the keyboard finds the chosen one again after its reader has scrolled away", async () => {
    const page = await aLongList(3);
    await page.keyboard.press("j");
    await expect.poll(() => page.locator("[aria-current] blockquote").textContent()).toContain("remark 1:");
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        return page.getByText("remark 300:").count();
      })
      .toBe(1);
    expect(await page.getByText("remark 1:").count()).toBe(0);
    await page.keyboard.press("j");
    await expect.poll(() => page.locator(":focus blockquote").textContent()).toContain("remark 2:");
    expect(await page.evaluate(() => document.activeElement!.getBoundingClientRect().top)).toBeGreaterThan(0);
  });
});

describe("a search among a million comments", () => {
  /** Nothing in `vain` requests, then one comment. */
  async function aSearch(vain: number) {
    const [model] = (await ask<List<CommentItem>>("GET", `/v1/surveys/${survey.id}/comments`)).items;
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await drawn(page, ".comment");
    let asked = 0;
    await page.route(/\/comments\?.*q=rare/, async (route) => {
      asked++;
      const found = asked > vain;
      const items = found ? [{ ...model, id: "found", comment: "a rare word" }] : [];
      await route.fulfill({ json: { items, next: found ? null : String(asked) } });
    });
    await page.getByRole("searchbox").fill("rare");
    return { page, asked: () => asked };
  }

  it("says how far it has looked, stops by itself, and goes on when it is told to", async () => {
    const { page, asked } = await aSearch(9);
    await page.getByText("Nothing in the 25,000 comments looked through so far.").waitFor();
    await page.getByRole("button", { name: "Keep searching" }).waitFor();
    expect(asked()).toBe(5);
    expect(await page.getByText("No comment matches the filters above.").count()).toBe(0);
    await page.getByRole("button", { name: "Keep searching" }).click();
    await page.getByText("a rare word").waitFor();
    expect(asked()).toBe(10);
    expect(await page.getByText("looked through").count()).toBe(0);
  });

  it("can be stopped", async () => {
    const { page, asked } = await aSearch(Number.POSITIVE_INFINITY);
    await page.getByRole("button", { name: "Keep searching" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Keep searching" }).waitFor();
    expect(asked()).toBeGreaterThan(5);
  });
});
