/** A browser that translates the dashboard puts its own elements in the place of texts; no figure may go stale behind them. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { answer, aSurvey, openDashboard } from "./support/dashboard.ts";

/** As Chrome and Edge do it; all texts with letters, but for what the page asks them to leave alone. */
function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walk.nextNode()) nodes.push(walk.currentNode as Text);
    for (const node of nodes) {
      const element = node.parentElement;
      if (!element?.translate || element.closest("script,style,svg") || !/[\p{L}\p{N}]/u.test(node.data)) continue;
      const outer = document.createElement("font");
      outer.append(Object.assign(document.createElement("font"), { textContent: node.data }));
      node.replaceWith(outer);
    }
  });
}

async function twoPlans() {
  const survey = await aSurvey({ segments: ["plan"], name: `T${crypto.randomUUID().slice(0, 6)}` });
  for (const nps of [10, 9, 3, 10]) await answer(survey.id, { nps, csat: 5, properties: { plan: "a" } });
  for (const nps of [0, 0]) await answer(survey.id, { nps, csat: 1, properties: { plan: "b" } });
  return survey;
}

describe("a translated dashboard", () => {
  it("shows the figures of what is chosen, and none of before", async () => {
    const { id } = await twoPlans();
    const page = await openDashboard({ path: `/s/${id}` });
    await page.getByText("from 6 answers").first().waitFor();
    await translate(page);
    await page.goto(`${page.url().split("#")[0]}#/s/${id}?where=plan:b`);
    await page.getByText("from 2 answers").first().waitFor();
    const text = await page.locator("main").textContent();
    expect([...new Set(text?.match(/from \d+ answers?/g))]).toEqual(["from 2 answers"]);
    expect(text).toContain("−100");
    await expect.poll(() => page.locator(".facts").textContent()).toMatch(/Responses2/);
  });

  it("shows what comes in while it is open", async () => {
    const { id } = await twoPlans();
    const page = await openDashboard({ path: `/s/${id}` });
    await page.getByText("from 6 answers").first().waitFor();
    await translate(page);
    await answer(id, { nps: 10 });
    await page.getByText("from 7 answers").first().waitFor();
    const nps = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Recommendation (NPS)" }) });
    expect(await nps.textContent()).not.toContain("from 6 answers");
    await expect.poll(() => page.locator(".facts").textContent()).toMatch(/Responses7/);
  });

  it("shows the sums of the surveys that are chosen", async () => {
    const [one, two] = [await twoPlans(), await twoPlans()];
    const page = await openDashboard({ path: `/together?surveys=${one.id},${two.id}` });
    await page.getByText("from 12 answers").first().waitFor();
    await translate(page);
    await page.goto(`${page.url().split("#")[0]}#/together?surveys=${one.id}`);
    await page.getByText("from 6 answers").first().waitFor();
    expect(await page.getByText("from 12 answers").count()).toBe(0);
  });
});
