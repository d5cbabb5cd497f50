/** The line about privacy under the comment, and the tick without which no words are taken. Scores never wait for it. */
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, commentsOf, countOf } from "./collector.ts";

const settings = { privacy_url: "https://shop.example/privacy", privacy_tick: true };
const linkTo = (survey: string, query = "lang=en") => `${sharedCollector().url}/s/${survey}?${query}`;

describe("the linked page", () => {
  it("has neither line nor tick unless the owner wants them", async () => {
    const page = await openPage();
    await page.goto(linkTo(await aSurvey()));
    expect(await page.getByRole("checkbox").count()).toBe(0);
    expect(await page.getByRole("link").count()).toBe(0);
  });

  it.each([
    ["en", "How your answer is used"],
    ["uk", "Як використовують вашу відповідь"],
    ["ru", "Как используют ваш ответ"],
    ["ar", "كيف تُستخدم إجابتك"],
  ])("leads in %s to the owner's notice", async (language, text) => {
    const page = await openPage();
    await page.goto(linkTo(await aSurvey({ privacy_url: settings.privacy_url }), `lang=${language}`));
    expect(await page.getByRole("link", { name: text }).getAttribute("href")).toBe(settings.privacy_url);
    expect(await page.getByRole("checkbox").count()).toBe(0);
  });

  it.each([true, false])("stores a score without the tick, and the words with it; scripts: %s", async (scripts) => {
    const survey = await aSurvey(settings);
    const page = await openPage({ javaScriptEnabled: scripts });
    await page.goto(linkTo(survey));
    await page.getByRole("radio", { name: "9 out of 10" }).check();
    await page.getByRole("textbox").fill("my words");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("your score is stored").waitFor();
    expect(await countOf(survey)).toBe(1);
    expect(await commentsOf(survey)).toEqual([]);
    expect(await page.getByRole("textbox").inputValue()).toBe("my words");
    await page.getByRole("checkbox", { name: /^I agree/ }).check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: /^Thank you/ }).waitFor();
    expect(await countOf(survey)).toBe(1);
    expect((await commentsOf(survey)).map(({ comment }) => comment)).toEqual(["my words"]);
  });

  it("asks on a tablet once for the tick, and then takes the score alone", async () => {
    const survey = await aSurvey(settings);
    const page = await openPage();
    await page.goto(linkTo(survey, "kiosk=1&lang=en"));
    expect(await page.getByRole("link").count()).toBe(0);
    await page.getByRole("radio", { name: "9 out of 10" }).check();
    await page.getByRole("textbox").fill("my words");
    const send = page.getByRole("button", { name: "Send" });
    await send.click();
    expect(await page.getByRole("checkbox").evaluate((box: HTMLInputElement) => box.validity.valueMissing)).toBe(true);
    await send.click();
    await page.getByRole("heading", { name: /^Thank you/ }).waitFor();
    await expect.poll(() => countOf(survey)).toBe(1);
    expect(await commentsOf(survey)).toEqual([]);
  });
});

it("the block of a mail leads to the notice in both of its forms, and has no such line without one", async () => {
  const block = (survey: string) =>
    ask<{ html: string; text: string }>(`/v1/surveys/${survey}/email-block?r={{id}}&language=en`);
  const told = await block(await aSurvey(settings));
  expect(told.html).toContain('<a href="https://shop.example/privacy"');
  expect(told.text).toContain("How your answer is used: https://shop.example/privacy");
  const plain = await block(await aSurvey());
  expect(plain.html + plain.text).not.toContain("How your answer is used");
});
