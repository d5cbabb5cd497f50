import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { aSurvey, commentsOf, metricsOf } from "./collector.ts";

const site = await openSite();

test("a visitor recommends, is satisfied, says why, and each answer is counted at its tap", async () => {
  const survey = await aSurvey();
  const page = await openPage();
  await page.goto(site.page("shop", survey));

  await page.getByText("How likely are you to recommend Lumen").waitFor();
  await page.getByRole("radio", { name: "9", exact: true }).click();
  await page.getByText("How satisfied are you with Lumen?").waitFor();
  await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[9]).toBe(1);

  await page.getByRole("radio", { name: "4", exact: true }).click();
  await page.getByRole("textbox", { name: "What did you like most?" }).fill("The light 💡");
  await expect.poll(async () => (await metricsOf(survey)).csat?.distribution[3]).toBe(1);
  expect(await commentsOf(survey)).toEqual([]);

  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("We are glad you are happy with us").first().waitFor();
  await expect.poll(async () => (await commentsOf(survey))[0]?.comment).toBe("The light 💡");
  expect((await metricsOf(survey)).responses).toBe(1);
});
