/** The line about privacy under the widget's comment, and the tick without which no words are sent. */
import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { aSurvey, commentsOf, metricsOf } from "./collector.ts";

const site = await openSite();

test.each([
  ["en", "How your answer is used", "Send"],
  ["ar", "كيف تُستخدم إجابتك", "إرسال"],
])("in %s a score is stored without the tick, and words are sent only with it", async (locale, line, send) => {
  const survey = await aSurvey({
    questions: ["nps", "comment"],
    privacy_url: "https://shop.example/privacy",
    privacy_tick: true,
  });
  const page = await openPage({ locale });
  await page.goto(site.page("plain", survey));
  await page.getByRole("radio", { name: "9", exact: true }).click();
  const words = page.getByRole("textbox");
  await words.fill("my words");
  await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
  expect(await page.getByRole("link", { name: line }).getAttribute("href")).toBe("https://shop.example/privacy");
  await page.getByRole("button", { name: send }).click();
  const tick = page.getByRole("checkbox");
  await expect.poll(() => tick.evaluate((box) => box.matches(":focus"))).toBe(true);
  expect(await words.inputValue()).toBe("my words");
  expect(await commentsOf(survey)).toEqual([]);
  await tick.check();
  await page.getByRole("button", { name: send }).click();
  await expect.poll(async () => (await commentsOf(survey)).map(({ comment }) => comment)).toEqual(["my words"]);
});

test("an empty field is sent without the tick, and a survey without a notice has neither", async () => {
  const page = await openPage({ locale: "en" });
  await page.goto(site.page("plain", await aSurvey({ questions: ["nps", "comment"], privacy_tick: true })));
  await page.getByRole("radio", { name: "9", exact: true }).click();
  await page.getByRole("checkbox").waitFor();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Thank you!").first().waitFor();
  const other = await openPage({ locale: "en" });
  await other.goto(site.page("plain", await aSurvey({ questions: ["nps", "comment"] })));
  await other.getByRole("radio", { name: "9", exact: true }).click();
  await other.getByRole("textbox").waitFor();
  expect(await other.getByRole("checkbox").count()).toBe(0);
  expect(await other.getByRole("link").count()).toBe(0);
});
