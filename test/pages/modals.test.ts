import { describe, expect, test } from "vitest";
import { aSurvey } from "../widget/collector.ts";
import { card, expectVerdict, recommend, satisfied, score, visit } from "../widget/visitor.ts";
import { openSite } from "./site.ts";

const site = await openSite();

describe("a page's own modal", () => {
  test.each(["aria-modal", "alertdialog", "no-size", "inert", "trap"])("of the make %s is waited for", async (kind) => {
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

  test.each(["hidden", "faded", "gone", "aside", "menu"])("that is kept in the document %s is not", async (kind) => {
    const { page } = await visit(site, await aSurvey(), { name: `modals/${kind}` });
    await recommend(page).waitFor();
  });

  test("has the survey that was asked for from it, words and all, and lets it go on when it closes", async () => {
    const survey = await aSurvey({ questions: ["nps", "comment"], trigger: { type: "manual" } });
    const { page, errors } = await visit(site, survey, { name: "modals/trap" });
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 3).click();
    await page.getByRole("textbox", { name: "What went wrong" }).click();
    await page.keyboard.type("slow");
    expect(await page.getByRole("textbox", { name: "What went wrong" }).inputValue()).toBe("slow");
    expect(await page.getByLabel("E-mail").inputValue()).toBe("");
    await page.evaluate("close()");
    await page.getByRole("textbox", { name: "What went wrong" }).click({ trial: true });
    expect(await page.getByRole("textbox", { name: "What went wrong" }).inputValue()).toBe("slow");
    expect(errors).toEqual([]);
  });
});
