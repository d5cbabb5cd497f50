import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Survey } from "../../shared/schema/survey.ts";
import { answer, aSurvey, openDashboard } from "./support/dashboard.ts";

const figure = (page: Page, name: string) =>
  page.getByRole("figure").filter({ has: page.getByRole("heading", { name }) });

const pathOf = (...surveys: Survey[]) => `/together?surveys=${surveys.map(({ id }) => id).join(",")}`;

describe("all as one", () => {
  it("adds the answers up, and moves while one looks without a jump", async () => {
    const [shop, phone] = [await aSurvey({ questions: ["nps"] }), await aSurvey({ questions: ["nps"] })];
    await answer(shop.id, { nps: 10 });
    await answer(phone.id, { nps: 9 });
    const page = await openDashboard({ path: pathOf(shop, phone), viewport: { width: 1280, height: 600 } });
    const nps = figure(page, "Recommendation (NPS)");
    await nps.getByText("from 2 answers").waitFor();
    const trend = figure(page, "NPS over time");
    await trend.scrollIntoViewIfNeeded();
    const placeOf = () => trend.evaluate((element) => element.getBoundingClientRect().top);
    const before = await placeOf();
    await trend.evaluate((element) => Object.assign(element, { same: true }));
    await answer(phone.id, { nps: 0 });
    await nps.getByText("from 3 answers").waitFor();
    await answer(shop.id, { nps: 0 });
    await nps.getByText("from 4 answers").waitFor();
    await nps.getByText("0", { exact: true }).first().waitFor();
    expect(await placeOf()).toBe(before);
    expect(await trend.evaluate((element) => (element as { same?: boolean }).same)).toBe(true);
  });

  it("does not draw anew what has not changed", async () => {
    const shop = await aSurvey({ questions: ["nps"] });
    await answer(shop.id, { nps: 10 });
    const page = await openDashboard({ path: pathOf(shop) });
    await figure(page, "NPS over time").waitFor();
    let drawn = 0;
    page.on("request", (request) => {
      if (request.url().includes("/v1/topics")) drawn++;
    });
    const askedAgain = () => page.waitForResponse((response) => response.url().includes("/v1/metrics"));
    await askedAgain();
    const before = drawn;
    await askedAgain();
    expect(drawn).toBe(before);
  });

  it("shows the topics that all declare, and says what stands elsewhere", async () => {
    const topics = [{ name: "Delivery", stems: ["deliver"] }];
    const shop = await aSurvey({ topics: [...topics, { name: "Price", stems: ["price"] }] });
    const phone = await aSurvey({ topics });
    await answer(shop.id, { nps: 0, comment: "delivery late, price high" });
    await answer(phone.id, { nps: 10, comment: "delivery fine" });
    await answer(phone.id, { nps: 10 });
    const page = await openDashboard({ path: pathOf(shop, phone) });
    const chart = figure(page, "What people write about");
    await chart.getByText("As a table").click();
    await expect
      .poll(() => chart.getByRole("row").allTextContents())
      .toEqual(["TopicMentionsOf all comments (%)NPS (points)Effect (points)", "Delivery21000−66.7"]);
    await page.getByText("Breakdowns and comments are in each survey.").waitFor();
  });

  it("leaves out, and says so, what has another time zone", async () => {
    const [shop, far] = [await aSurvey({ name: "Near" }), await aSurvey({ name: "Far", timezone: "Asia/Tokyo" })];
    await answer(shop.id, { nps: 10 });
    await answer(far.id, { nps: 10 });
    const page = await openDashboard({ path: pathOf(shop, far) });
    await figure(page, "Recommendation (NPS)").getByText("from 1 answer").waitFor();
    expect(await page.getByLabel("Far (other time zone)").isDisabled()).toBe(true);
  });

  it("keeps its figures when the network goes", async () => {
    const shop = await aSurvey({ questions: ["nps"] });
    await answer(shop.id, { nps: 10 });
    const page = await openDashboard({ path: pathOf(shop) });
    await figure(page, "Recommendation (NPS)").waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Period").selectOption("Last 7 days");
    await page.getByText("No connection: these are the last figures that came.").waitFor();
    await figure(page, "Recommendation (NPS)").waitFor();
  });
});
