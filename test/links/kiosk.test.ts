/** The open page on a tablet that people pass on: one after the other, also while it has no network. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, commentsOf, countOf } from "./collector.ts";

const send = (page: Page) => page.getByRole("button", { name: "Send" }).click();
const thanks = (page: Page) => page.getByRole("heading", { name: /^Thank you/ });
const isEmpty = (page: Page) =>
  page.evaluate(() => !document.querySelector(":checked") && document.querySelector("textarea")?.value === "");

async function aTablet(query = "?kiosk=1&lang=en", settings: object = {}) {
  const survey = await aSurvey({ segments: ["branch", "channel"], ...settings });
  const page = await openPage();
  await page.goto(`${sharedCollector().url}/s/${survey}${query}`);
  return { survey, page };
}

/** One person answers, and hands the tablet on without waiting. */
async function answer(page: Page, score: number, comment: string) {
  await page.getByRole("radio", { name: `${score} out of 10` }).check();
  await page.getByRole("textbox").fill(comment);
  await send(page);
  await thanks(page).waitFor();
  await expect
    .poll(
      async () => {
        await page.mouse.click(5, 5);
        return thanks(page).isVisible();
      },
      { timeout: 15_000 },
    )
    .toBe(false);
}

describe("a tablet", () => {
  it("returns to the empty question by itself, with nothing of the last person", async () => {
    const { survey, page } = await aTablet("?kiosk=1&nps=3&branch=Lviv&r=ann&lang=en");
    expect(await isEmpty(page)).toBe(true);
    await send(page);
    await page.getByText("Please choose a score or write a few words first.").waitFor();
    await page.getByRole("radio", { name: "9 out of 10" }).check();
    await page.getByRole("textbox").fill("my own words");
    await send(page);
    await thanks(page).waitFor();
    expect(await page.getByRole("button", { name: "Change my answer" }).count()).toBe(0);
    await page.getByRole("group", { name: /How likely/ }).waitFor();
    expect(await isEmpty(page)).toBe(true);
    await expect.poll(() => commentsOf(survey)).toHaveLength(1);
    expect((await commentsOf(survey))[0]).toMatchObject({
      comment: "my own words",
      channel: "link",
      respondent: null,
      properties: { branch: "Lviv" },
    });
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).not.toContain("my own words");
    await page.goBack();
    await page.goForward();
    expect(await isEmpty(page)).toBe(true);
  });

  it("without a network keeps the answers of each, over a reload too, and sends each once when it is back", async () => {
    const { survey, page } = await aTablet();
    await page.context().setOffline(true);
    for (const comment of ["first", "second", "third"]) await answer(page, 9, comment);
    expect(await countOf(survey)).toBe(0);
    await page.context().setOffline(false);
    await expect.poll(() => countOf(survey), { timeout: 30_000 }).toBe(3);
    expect((await commentsOf(survey)).map(({ comment }) => comment).sort()).toEqual(["first", "second", "third"]);
    await page.route(/\/s\/srv/, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
    await answer(page, 2, "fourth");
    await page.unroute(/\/s\/srv/);
    await page.reload();
    await expect.poll(() => countOf(survey)).toBe(4);
  });

  it("counts an answer once whose reply was lost on its way, and believes no other server", async () => {
    const { survey, page } = await aTablet();
    let lost = 0;
    await page.route(/\/s\/srv/, async (route) => {
      if (route.request().method() !== "POST" || lost > 1) return route.fallback();
      const reply = await route.fetch();
      lost++;
      return lost === 1
        ? route.abort()
        : route.fulfill({ status: reply.status(), body: "<h1>Sign in to the Wi-Fi</h1>" });
    });
    await answer(page, 10, "once");
    for (let at = 0; at < 2; at++) {
      await expect.poll(() => lost).toBe(at + 1);
      await page.evaluate(() => dispatchEvent(new Event("online")));
    }
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
    expect(await countOf(survey)).toBe(1);
  });

  it("gets a new stamp where the page has been open for too long", async () => {
    const { survey, page } = await aTablet();
    await page.evaluate(() => {
      document.querySelector<HTMLInputElement>("[name=stamp]")!.value = "0191f000-0000-7000-8000-000000000000.AAAA";
    });
    await answer(page, 7, "after a week");
    await answer(page, 8, "and another");
    await expect.poll(() => countOf(survey)).toBe(2);
  });

  it("forgets what somebody typed who went away", async () => {
    const survey = await aSurvey();
    const page = await openPage();
    await page.clock.install();
    await page.goto(`${sharedCollector().url}/s/${survey}?kiosk=1&lang=en`);
    await page.getByRole("textbox").fill("half a sentence");
    await page.clock.fastForward(59_000);
    expect(await isEmpty(page)).toBe(false);
    await page.clock.fastForward(2_000);
    expect(await isEmpty(page)).toBe(true);
  });

  it("is one by the survey's setting too, and not where the link says so", async () => {
    const { survey, page } = await aTablet("?lang=en", { kiosk: true });
    await answer(page, 9, "by setting");
    await expect.poll(() => countOf(survey)).toBe(1);
    await page.goto(`${sharedCollector().url}/s/${survey}?kiosk=0&lang=en`);
    await page.getByRole("radio", { name: "9 out of 10" }).check();
    await send(page);
    await page.getByRole("button", { name: "Change my answer" }).waitFor();
  });

  it("goes on by itself without scripts too", async () => {
    const survey = await aSurvey({ segments: ["branch"] });
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto(`${sharedCollector().url}/s/${survey}?kiosk=1&branch=Lviv&lang=en`);
    await page.getByRole("radio", { name: "9 out of 10" }).check();
    await send(page);
    await thanks(page).waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    await page.getByRole("button", { name: "Send" }).waitFor();
    expect(await page.locator(":checked").count()).toBe(0);
    expect(new URL(page.url()).search).toBe("?kiosk=1&lang=en&branch=Lviv");
    expect(await countOf(survey)).toBe(1);
  });
});
