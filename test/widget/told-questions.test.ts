/** Questions that a survey does not ask by default: the widget knows of them what the survey's own script tells. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { aSurvey } from "./collector.ts";
import type { Visit } from "./visitor.ts";
import { card, score, visit } from "./visitor.ts";

const site = await openSite();

const texts = {
  solved_question: "Was your question solved?",
  solved_low: "No",
  solved_high: "Yes",
  effort_question: "How easy was it?",
  effort_low: "Very hard",
  effort_high: "Very easy",
};

/** What the script says of a question with two words and of one with a scale of seven, in rows of four on a phone. */
const told = {
  questions: ["solved", "effort", "comment"],
  solved: [[0, 1]],
  solved_style: "words",
  effort: [[1, 2, 3, 4, 5, 6, 7], { "--w": "25%" }],
  effort_style: "numbers",
  thresholds: { solved: [1, 1], effort: [6, 5] },
  texts: { en: texts },
};

/** A visit to a page whose survey asks these questions, and all that is sent from there. */
async function visitTold(width: number): Promise<Visit & { sent: Record<string, unknown>[] }> {
  const survey = await aSurvey();
  const sent: Record<string, unknown>[] = [];
  const prepare = async (page: Page) => {
    await page.route(`**/w/${survey}.js`, async (route) => {
      const script = await (await route.fetch()).text();
      await route.fulfill({
        contentType: "text/javascript",
        body: script.replace("const VIDHUK={", `const VIDHUK={${JSON.stringify(told).slice(1, -1)},`),
      });
    });
    // This collector knows no such question, so the test answers in its place.
    await page.route("**/v1/responses", async (route) => {
      const body = route.request().postDataJSON() as { id: string };
      sent.push(body);
      const at = new Date().toISOString();
      const headers = { "Access-Control-Allow-Origin": "*" };
      await route.fulfill({ status: 201, headers, json: { id: body.id, created_at: at, updated_at: at } });
    });
  };
  return { ...(await visit(site, survey, { prepare, viewport: { width, height: 800 } })), sent };
}

const rows = (page: Page) =>
  card(page)
    .locator("input")
    .evaluateAll((inputs) => new Set(inputs.map((input) => input.getBoundingClientRect().top)).size);

test.each([
  [320, 2],
  [1280, 1],
])("at %i pixels two words are in one row and seven scores in %i, each answer is sent", async (width, effortRows) => {
  const { page, sent, errors } = await visitTold(width);
  const question = page.getByRole("group", { name: "Was your question solved?" });
  await question.waitFor();
  expect(await question.getByRole("radio").evaluateAll((all) => all.map((each) => each.ariaLabel))).toEqual([
    "No",
    "Yes",
  ]);
  expect(await question.textContent()).toBe("Was your question solved?NoYes");
  expect(await rows(page)).toBe(1);
  await page.getByRole("radio", { name: "Yes" }).click();

  await page.getByRole("group", { name: "How easy was it?" }).waitFor();
  await expect.poll(() => rows(page)).toBe(effortRows);
  await score(page, 2).click();
  // By the first question that was answered: the second alone would make it a detractor's.
  await page.getByRole("textbox", { name: "What did you like most?" }).waitFor();
  await expect.poll(() => sent.at(-1)).toMatchObject({ solved: 1, effort: 2, rev: 2 });
  expect(errors).toEqual([]);
});

test("going back shows the word that was chosen", async () => {
  const { page } = await visitTold(1280);
  await page.getByRole("radio", { name: "No" }).click();
  await page.getByRole("button", { name: "Back" }).click();
  const chosen = page.getByRole("radio", { name: "No", checked: true });
  await chosen.waitFor();
  await page.getByRole("button", { name: "Next" }).waitFor();
});
