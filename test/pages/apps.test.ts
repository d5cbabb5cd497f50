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
    // Longer than routes go unseen.
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
