/** What two tabs of a site, a damaged storage and a clock that is put right do to each other, in a real browser. */
import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, metricsOf } from "./collector.ts";
import { card, expectVerdict, recommend, satisfied, score, visit } from "./visitor.ts";

const site = await openSite();

test("a question that is closed in one tab goes in the other, and counts as dismissed there", async () => {
  const survey = await aSurvey();
  const { page: one } = await visit(site, survey);
  await expect.poll(() => one.getByRole("status").textContent()).toContain("How likely");
  const two = await one.context().newPage();
  // Asked a moment ago in the first tab: the second one asks by its own button.
  await two.goto(site.page("shop", survey));
  await two.evaluate("vidhuk('show')");
  await recommend(two).waitFor();
  await two.getByRole("button", { name: "Close" }).click();
  await card(two).waitFor({ state: "detached" });
  await one.bringToFront();
  await card(one).waitFor({ state: "detached" });
  await expectVerdict(one, "dismissed_recently");
});

test("a duplicated tab goes on with the same answer, which counts once", async () => {
  const survey = await aSurvey();
  const { page: one } = await visit(site, survey);
  await score(one, 9).click();
  await satisfied(one).waitFor();
  // A window that a page opens begins with a copy of its sessionStorage, as a duplicated tab does.
  const [two] = await Promise.all([
    one.context().waitForEvent("page"),
    one.evaluate((address) => void window.open(address), site.page("shop", survey)),
  ]);
  await two.bringToFront();
  await satisfied(two).waitFor();
  await score(two, 4).click();
  await two.getByRole("textbox").waitFor();
  await one.bringToFront();
  await score(one, 2).click();
  await one.getByRole("textbox").waitFor();
  await expect.poll(async () => (await metricsOf(survey)).csat?.responses).toBe(1);
  const { responses, nps } = await metricsOf(survey);
  expect([responses, nps?.distribution[9]]).toEqual([1, 1]);
});

test("a damaged storage is put right, and costs neither the question nor the answer", async () => {
  const survey = await aSurvey();
  const key = `vidhuk:${sharedCollector().url}`;
  const damaged = { [key]: '{"surveys":[7],"outbox":"}{"', [`${key}/x`]: "{", [`${key}/y`]: "null", other: "stays" };
  const { page, errors } = await visit(site, survey, {
    prepare: (page) =>
      page.addInitScript((texts) => {
        if (localStorage.other) return;
        for (const [name, text] of Object.entries(texts)) localStorage.setItem(name, text);
        sessionStorage.setItem(Object.keys(texts)[0]!, "{}");
      }, damaged),
  });
  await score(page, 7).click();
  await satisfied(page).waitFor();
  await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[7]).toBe(1);
  expect(await page.evaluate(() => localStorage.other)).toBe("stays");
  await expect
    .poll(() => page.evaluate((key) => [`${key}/x`, `${key}/y`].map((name) => localStorage[name]), key))
    .toEqual([undefined, undefined]);
  expect(errors.filter((text) => !text.startsWith("vidhuk: "))).toEqual([]);
});

test("an answer begun on a clock years behind counts once after the clock is put right", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey, { name: "wrong-clock" });
  await score(page, 8).click();
  await satisfied(page).waitFor();
  await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
  await page.goto(site.page("shop", survey));
  await page.evaluate("vidhuk('show')");
  await recommend(page).or(satisfied(page)).waitFor();
  await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
});
