import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { aSurvey, commentsOf, metricsOf } from "../widget/collector.ts";
import { card, recommend, score, visit, why } from "../widget/visitor.ts";
import { openSite } from "./site.ts";

const site = await openSite();

/** The later part of the survey is there once it has announced the question. */
const settled = (page: Page) => expect.poll(() => page.getByRole("status").textContent()).toContain("How likely");

describe("a survey that the page takes away is put back with its words", () => {
  test.each([
    ["drawn anew by React", "react-document", "hydrate()"],
    ["emptied", "shop", "document.documentElement.innerHTML = '<body><h1>new</h1></body>'"],
    ["replaced", "shop", "document.documentElement.replaceWith(document.createElement('html'))"],
    ["cleaned up", "shop", "document.querySelector('vidhuk-survey').remove()"],
    [
      "swept on each of three routes",
      "shop",
      "for (let i = 0; i < 3; i++) setTimeout(() => document.querySelector('vidhuk-survey')?.remove(), i * 50)",
    ],
  ])("when the document is %s", async (_, name, act) => {
    const survey = await aSurvey({ questions: ["nps", "comment"] });
    const { page } = await visit(site, survey, { name });
    await settled(page);
    await score(page, 3).click();
    await page.getByRole("textbox").fill("half a sent");
    await page.evaluate(act);
    await expect.poll(() => page.getByRole("textbox").isVisible()).toBe(true);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName))
      .toBe("TEXTAREA");
    await page.keyboard.type("ence");
    await page.keyboard.press("Control+Enter");
    await expect.poll(async () => (await commentsOf(survey))[0]?.comment).toBe("half a sentence");
    expect((await metricsOf(survey)).responses).toBe(1);
  });

  test("when its own place in the page is drawn anew", async () => {
    const { page } = await visit(site, await aSurvey(), { name: "inline" });
    await settled(page);
    // The file that watches the card has to be loaded first.
    await page.waitForLoadState("networkidle");
    await page.evaluate("document.body.innerHTML = '<main><div id=feedback></div></main>'");
    await expect.poll(() => page.locator("#feedback vidhuk-survey").count()).toBe(1);
    await score(page, 3).click();
    await page.getByRole("group", { name: "How satisfied" }).waitFor();
  });
});

test("a survey whose place is gone for good is closed, and can be shown again", async () => {
  const { page, errors } = await visit(site, await aSurvey(), { name: "inline" });
  await settled(page);
  await page.waitForLoadState("networkidle");
  await page.evaluate("document.querySelector('#feedback').remove()");
  await expect.poll(() => why(page)).toBe("asked_recently");
  await page.evaluate("vidhuk('show')");
  await recommend(page).waitFor();
  expect(errors).toEqual([]);
});

test("a page that is written anew, and so hears nothing more, closes it and can show it again", async () => {
  const { page, errors } = await visit(site, await aSurvey());
  await settled(page);
  await page.evaluate(
    "document.open(), document.write('<!doctype html><title>new</title><h1>new</h1>'), document.close()",
  );
  await expect.poll(() => why(page)).toBe("asked_recently");
  await page.evaluate("vidhuk('show')");
  await score(page, 3).click();
  await page.getByRole("group", { name: "How satisfied" }).waitFor();
  expect(errors).toEqual([]);
});

test("a page that takes it away again and again has its way, and can still be asked", async () => {
  const { page, errors } = await visit(site, await aSurvey());
  await settled(page);
  await page.evaluate(() => {
    const observer = new MutationObserver(() => document.querySelector("vidhuk-survey")?.remove());
    observer.observe(document.documentElement, { childList: true });
    Object.assign(window, { allow: () => observer.disconnect() });
    document.querySelector("vidhuk-survey")!.remove();
  });
  await expect.poll(() => why(page)).toBe("asked_recently");
  expect(await card(page).count()).toBe(0);
  await page.evaluate("allow(), vidhuk('show')");
  await recommend(page).waitFor();
  expect(errors).toEqual([]);
});
