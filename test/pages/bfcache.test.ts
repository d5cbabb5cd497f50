import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { aSurvey, metricsOf } from "../widget/collector.ts";
import { card, expectVerdict, recommend, satisfied, score, visit } from "../widget/visitor.ts";
import { openSite } from "./site.ts";
import { stylesOf } from "./styles.ts";

const site = await openSite();
const posts = "**/v1/responses";
const nps = async (survey: string) => (await metricsOf(survey)).nps?.distribution;

const arrive = (survey: string) => visit(site, survey, { name: "bfcache", cached: true });

/** To another page of the site and back, as the visitor's own buttons do; the page must come out of the cache. */
async function leaveAndReturn(page: Page, away: string, meanwhile: () => Promise<unknown> = async () => {}) {
  await page.evaluate((address) => location.assign(address), away);
  await page.waitForURL(away);
  await meanwhile();
  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate("window.returns?.at(-1)").catch(() => {}), { message: "restored" }).toBe(true);
  const reasons = "performance.getEntriesByType('navigation')[0].notRestoredReasons";
  expect(await page.evaluate(reasons)).toBeNull();
}

test("a page with an open survey comes back out of the cache as it was, and the survey goes on", async () => {
  const survey = await aSurvey();
  const { page, errors } = await arrive(survey);
  await recommend(page).waitFor();
  const before = await stylesOf(page);
  await leaveAndReturn(page, site.page("plain", "srv_none"));
  expect(await stylesOf(page)).toEqual(before);
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await expect.poll(async () => (await nps(survey))?.[9]).toBe(1);
  await leaveAndReturn(page, site.page("plain", "srv_none"));
  await score(page, 4).click();
  await page.getByRole("textbox").waitFor();
  await expect.poll(async () => (await metricsOf(survey)).csat?.distribution).toEqual([0, 0, 0, 1, 0]);
  expect((await metricsOf(survey)).responses).toBe(1);
  expect(await card(page).count()).toBe(1);
  expect(await stylesOf(page)).toEqual(before);
  expect(errors).toEqual([]);
});

test("what was answered on the page in between is not asked again, nor lost by what the old page remembers", async () => {
  const survey = await aSurvey();
  const { page } = await arrive(survey);
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await expect.poll(async () => (await nps(survey))?.[9]).toBe(1);
  await leaveAndReturn(page, site.page("plain", survey), async () => {
    await score(page, 2).click();
    await page.getByRole("textbox").waitFor();
    await expect.poll(async () => (await metricsOf(survey)).csat?.distribution[1]).toBe(1);
  });
  await page.getByRole("textbox").fill("Light");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(async () => (await metricsOf(survey)).comments).toBe(1);
  expect(await metricsOf(survey)).toMatchObject({ responses: 1, csat: { distribution: [0, 1, 0, 0, 0] } });
});

test("a question that was answered to the end in between is gone", async () => {
  const survey = await aSurvey({ questions: ["nps"] });
  const { page } = await arrive(survey);
  await expect.poll(() => page.getByRole("status").textContent()).toContain("How likely");
  await leaveAndReturn(page, site.page("identified", survey), async () => {
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 3).click();
    await expect.poll(async () => (await nps(survey))?.[3]).toBe(1);
  });
  await card(page).waitFor({ state: "detached" });
  expect((await metricsOf(survey)).responses).toBe(1);
});

test("a timer that was stopped by leaving judges anew when it goes on", async () => {
  const survey = await aSurvey({ questions: ["nps"], trigger: { type: "delay", seconds: 3 } });
  const { page } = await arrive(survey);
  await expectVerdict(page, "waiting");
  await leaveAndReturn(page, site.page("identified", survey), async () => {
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 3).click();
    await expect.poll(async () => (await nps(survey))?.[3]).toBe(1);
  });
  await expectVerdict(page, "answered_recently");
  expect(await card(page).count()).toBe(0);
  expect((await metricsOf(survey)).responses).toBe(1);
});

test("an answer that could not be sent before leaving is sent once after coming back", async () => {
  const survey = await aSurvey({ questions: ["nps"] });
  const { page } = await arrive(survey);
  await recommend(page).waitFor();
  await page.context().setOffline(true);
  await score(page, 6).click();
  await page.getByText("Thank you").first().waitFor();
  await page.context().setOffline(false);
  await page.route(posts, (route) => route.abort());
  await leaveAndReturn(page, site.page("plain", "srv_none"), () => page.unroute(posts));
  await expect.poll(() => nps(survey)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  expect((await metricsOf(survey)).responses).toBe(1);
});
