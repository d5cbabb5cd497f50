import { describe, expect, test } from "vitest";
import { aSurvey } from "../widget/collector.ts";
import { card, expectVerdict, recommend, satisfied, score, visit } from "../widget/visitor.ts";
import { openSite } from "./site.ts";

const site = await openSite();

describe("a page's own modal", () => {
  test.each([
    "aria-modal",
    "alertdialog",
    "no-size",
    "inert",
    "trap",
    "rest-hidden",
    "rest-without-main",
    "component",
    "native-component",
    "slotted-component",
  ])("of the make %s is waited for", async (kind) => {
    const { page, errors } = await visit(site, await aSurvey(), { name: `modals/${kind}` });
    // The widget has decided to ask, and is loading the question.
    await expectVerdict(page, "show");
    await page.waitForLoadState("networkidle");
    expect(await card(page).count()).toBe(0);
    await page.evaluate("close()");
    await score(page, 9).click();
    await satisfied(page).waitFor();
    expect(errors).toEqual([]);
  });

  test.each(["hidden", "faded", "gone", "aside", "menu", "hidden-component", "banner", "decoration", "closed-menu"])(
    "that is kept in the document %s is not",
    async (kind) => {
      const { page } = await visit(site, await aSurvey(), { name: `modals/${kind}` });
      await recommend(page).waitFor();
    },
  );

  test.each(["trap", "rest-hidden", "component", "native-component", "slotted-component"])(
    "of the make %s has the survey that was asked for from it, words and all, and lets it go on when it closes",
    async (kind) => {
      const survey = await aSurvey({ questions: ["nps", "comment"], trigger: { type: "manual" } });
      const { page, errors } = await visit(site, survey, { name: `modals/${kind}` });
      const words = page.getByRole("textbox", { name: "What went wrong" });
      await page.getByRole("button", { name: "Give feedback" }).click();
      await score(page, 3).click();
      await words.click();
      await page.keyboard.type("slow");
      expect(await words.inputValue()).toBe("slow");
      expect(await page.getByLabel("E-mail").inputValue()).toBe("");
      await page.evaluate("close()");
      await words.click({ trial: true });
      expect(await words.inputValue()).toBe("slow");
      expect(errors).toEqual([]);
    },
  );

  test.each(["component", "slotted-component"])("of the make %s gets the keyboard back", async (kind) => {
    const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: `modals/${kind}` });
    const button = page.getByRole("button", { name: "Give feedback" });
    await button.press("Enter");
    await expect.poll(() => recommend(page).evaluate((group) => group.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
    expect(await button.evaluate((element) => element.matches(":focus"))).toBe(true);
    expect(await button.isVisible()).toBe(true);
  });
});

describe("a film in full screen", () => {
  const trigger = { type: "event", name: "watched" } as const;

  test("is not disturbed", async () => {
    const { page } = await visit(site, await aSurvey({ trigger }), { name: "modals/film" });
    await page.getByRole("button", { name: "Full screen" }).click();
    await expect.poll(() => page.evaluate("!!document.fullscreenElement")).toBe(true);
    await page.evaluate("vidhuk('event', 'watched')");
    await expectVerdict(page, "show");
    await page.waitForLoadState("networkidle");
    expect(await card(page).count()).toBe(0);
    await page.evaluate("document.exitFullscreen()");
    await score(page, 9).click();
    await satisfied(page).waitFor();
  });

  test("has the survey that was asked for from it", async () => {
    const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "modals/film" });
    await page.getByRole("button", { name: "Full screen" }).click();
    await expect.poll(() => page.evaluate("!!document.fullscreenElement")).toBe(true);
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 9).click();
    await page.evaluate("document.exitFullscreen()");
    await page.getByRole("radio", { name: "4" }).click();
    await page.getByRole("textbox").waitFor();
  });
});
