import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { aSurvey, metricsOf } from "../widget/collector.ts";
import { card, expectVerdict, recommend, satisfied, score, visit } from "../widget/visitor.ts";
import { openSite } from "./site.ts";

const site = await openSite();

const isHistoryTheirs = (page: Page) =>
  page.evaluate("history.pushState === original[0] && history.replaceState === original[1]");

async function go(page: Page, link: "Checkout" | "Help") {
  await page.getByRole("link", { name: link }).click();
  const path = link === "Help" ? "/help" : "/checkout/done";
  await page.getByRole("heading", { name: path, exact: true }).waitFor();
}

describe.each(["turbo", "react", "vue"])("in an app by %s", (app) => {
  test("a survey waits for its route, stays through others once it is answered, and counts once", async () => {
    const survey = await aSurvey({ targeting: { include: ["/*/checkout/*"] } });
    const { page, errors } = await visit(site, survey, { name: app });
    await page.evaluate("window.sameDocument = true");
    await expectVerdict(page, "page_not_targeted");
    await go(page, "Checkout");
    await recommend(page).waitFor();
    await expectVerdict(page, "open");
    await score(page, 9).click();
    await satisfied(page).waitFor();
    await go(page, "Help");
    await score(page, 3).click();
    await page.getByRole("textbox").fill("Light");
    await page.goBack();
    await page.getByRole("heading", { name: "/checkout/done", exact: true }).waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(async () => (await metricsOf(survey)).comments).toBe(1);
    await page.getByRole("button", { name: "Close" }).click();
    await expectVerdict(page, "answered_recently");
    expect(await metricsOf(survey)).toMatchObject({ responses: 1, csat: { distribution: [0, 0, 1, 0, 0] } });
    expect(await isHistoryTheirs(page)).toBe(true);
    expect(await page.evaluate("sameDocument")).toBe(true);
    expect(errors).toEqual([]);
  });

  test("an untouched survey goes with the route that it was meant for; one that the visitor opened stays", async () => {
    const survey = await aSurvey({ targeting: { exclude: ["*/help"] } });
    const prepare = (page: Page) => page.clock.install();
    const { page, errors } = await visit(site, survey, { name: app, prepare });
    await recommend(page).waitFor();
    await go(page, "Checkout");
    await recommend(page).waitFor();
    await go(page, "Help");
    await card(page).waitFor({ state: "detached" });
    await page.evaluate("vidhuk('reset')");
    await expectVerdict(page, "page_not_targeted");
    await go(page, "Checkout");
    await recommend(page).waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.evaluate("vidhuk('show')");
    await recommend(page).waitFor();
    await go(page, "Help");
    // The widget notices a change of route within less than this time.
    await page.clock.runFor(2000);
    expect(await recommend(page).isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });

  test("after a stop the app goes on alone", async () => {
    const survey = await aSurvey({ targeting: { include: ["/*/checkout/*"] } });
    const { page, errors } = await visit(site, survey, { name: app });
    await expectVerdict(page, "page_not_targeted");
    await go(page, "Checkout");
    await recommend(page).waitFor();
    await page.evaluate("vidhuk('stop')");
    await card(page).waitFor({ state: "detached" });
    await go(page, "Help");
    await go(page, "Checkout");
    await page.goBack();
    await page.getByRole("heading", { name: "/help", exact: true }).waitFor();
    expect(await page.evaluate("vidhuk('why')")).toEqual({});
    expect(await page.locator("vidhuk-survey").count()).toBe(0);
    expect(await isHistoryTheirs(page)).toBe(true);
    expect(errors).toEqual([]);
  });
});

test("a survey whose rest comes after the visitor has moved on goes too", async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { page } = await visit(site, await aSurvey({ targeting: { exclude: ["*/help"] } }), {
    name: "react",
    prepare: (page) => page.route("**/widget/later-*", (route) => held.then(() => route.continue())),
  });
  await recommend(page).waitFor();
  await go(page, "Help");
  release();
  await card(page).waitFor({ state: "detached" });
});

test("a survey that goes with its route is asked again on the way back, however soon that is", async () => {
  const survey = await aSurvey({ targeting: { exclude: ["*/help"] }, throttle: { after_dismissal_days: 0 } });
  const prepare = async ({ clock }: Page) => {
    await clock.install({ time: 0 });
    // The clock goes until it is told to pause, so that is at a moment which has not passed by then.
    await clock.pauseAt(60_000);
  };
  const { page, errors } = await visit(site, survey, { name: "react", prepare });
  const { clock } = page;
  const isShownAfter = async (ms: number) => {
    await clock.runFor(ms);
    return recommend(page).isVisible();
  };
  await expect.poll(() => isShownAfter(1)).toBe(true);
  // Routes are looked at once a second: what comes later stands at another moment of it than the loader.
  await clock.runFor(1300);
  await expect
    .poll(() => page.evaluate("document.querySelector('vidhuk-survey').shadowRoot.adoptedStyleSheets.length"))
    .toBe(2);
  await clock.runFor(750);
  await go(page, "Help");
  await expect.poll(() => isShownAfter(50)).toBe(false);
  await page.goBack();
  await page.getByRole("heading", { name: "/", exact: true }).waitFor();
  await clock.runFor(2000);
  await recommend(page).waitFor();
  expect(errors).toEqual([]);
});

test("a visitor who moves on and comes back before the rest has come still has the survey", async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const survey = await aSurvey({ targeting: { exclude: ["*/help"] }, throttle: { after_dismissal_days: 0 } });
  const prepare = async (page: Page) => {
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(60_000);
    await page.route("**/widget/later-*", (route) => held.then(() => route.continue()));
  };
  const { page, errors } = await visit(site, survey, { name: "react", prepare });
  await expect
    .poll(async () => {
      await page.clock.runFor(1);
      return recommend(page).isVisible();
    })
    .toBe(true);
  await page.clock.runFor(1100);
  await go(page, "Help");
  release();
  // It has come, and perhaps taken the survey away already.
  await expect
    .poll(() => page.evaluate("document.querySelector('vidhuk-survey')?.shadowRoot.adoptedStyleSheets.length"))
    .not.toBe(1);
  await page.goBack();
  await page.getByRole("heading", { name: "/", exact: true }).waitFor();
  await page.clock.runFor(2000);
  await recommend(page).waitFor();
  expect(errors).toEqual([]);
});
