import { describe, expect, it } from "vitest";
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Page } from "../../shared/schema/paging.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

async function aTalkedAboutSurvey(comments: string[]) {
  const survey = await aSurvey();
  for (const [index, comment] of comments.entries()) await answer(survey.id, { nps: index % 11, comment });
  return survey;
}

const listed = async (survey: string) => (await ask<Page<CommentItem>>("GET", `/v1/surveys/${survey}/comments`)).items;

describe("the comments", () => {
  it("are triaged without a mouse", async () => {
    const survey = await aTalkedAboutSurvey(["older", "newer"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("newer").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    await page.getByRole("listitem").filter({ hasText: "newer" }).getByText("Resolved", { exact: true }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("t");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.type("late delivery");
    await page.keyboard.press("Enter");
    await page.getByText("#late delivery").waitFor();
    await page.keyboard.press("s");
    await page.getByText("spam: not counted").waitFor();
    await expect.poll(async () => (await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`)).responses).toBe(1);
    await page.keyboard.press("s");
    await page.getByText("spam: not counted").waitFor({ state: "detached" });
    await expect.poll(async () => (await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`)).responses).toBe(2);
    const [newer, older] = await listed(survey.id);
    expect([newer?.status, older?.status, older?.tags, older?.excluded]).toEqual([
      "resolved",
      "open",
      ["late delivery"],
      false,
    ]);
  });

  it("are found by word and by group, and the way is in the address", async () => {
    const survey = await aTalkedAboutSurvey(["Доставка довга", "nice", "Very nice"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByRole("searchbox").fill("NICE");
    await page.getByText("Доставка довга").waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("blockquote").count()).toBe(2);
    expect(page.url()).toContain("q=NICE");
    await page.getByLabel("Group").selectOption("Promoters");
    await page.getByText("None fits what is chosen above.").waitFor();
  });

  it("go on without end, and keep the place of whoever comes back", async () => {
    const survey = await aTalkedAboutSurvey(Array.from({ length: 45 }, (_, index) => `comment ${index + 1}`));
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await page.getByRole("link", { name: "Comments", exact: true }).click();
    await page.getByText("comment 45").waitFor();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 3000);
        return page.getByText("comment 1", { exact: true }).count();
      })
      .toBe(1);
    await page.getByText("comment 1", { exact: true }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await page.goBack();
    await page.getByRole("heading", { name: "Recommendation (NPS)" }).waitFor();
    await page.goForward();
    await page.getByText("comment 1", { exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
  });

  it("show what the same person wrote before", async () => {
    const survey = await aSurvey();
    await answer(survey.id, { nps: 3, comment: "slow", respondent: { id: "anna" } });
    await answer(survey.id, { nps: 9, comment: "better now", respondent: { id: "anna" } });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const newer = page.getByRole("listitem").filter({ hasText: "better now" }).first();
    await newer.getByRole("button", { name: "Earlier answers" }).click();
    await newer.getByText("slow").waitFor();
  });

  it("are only read with a key that may only read", async () => {
    const survey = await aTalkedAboutSurvey(["hello"]);
    const page = await openDashboard({ key: await aKey(survey.id, "comments"), path: `/s/${survey.id}/comments` });
    await page.getByText("hello").waitFor();
    expect(await page.getByRole("button", { name: "Resolve" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Spam" }).count()).toBe(0);
  });
});
