import { describe, expect, it } from "vitest";
import type { Page } from "../../shared/schema/paging.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

/** A survey, and a key bound to it, so that no other test's acts stand in its log. */
async function watched() {
  const survey = await aSurvey({ name: "Shop <img src=x onerror=alert(1)>" });
  return { survey, key: await aKey(survey.id, "admin") };
}

describe("the log", () => {
  it("says in words who did what to which survey", async () => {
    const { survey, key } = await watched();
    await ask("PATCH", `/v1/surveys/${survey.id}`, { brand: "Lumen", origins: [], throttle: { after_answer_days: 9 } });
    const response = await answer(survey.id, { nps: 3, comment: "a word in confidence" });
    await ask("PATCH", `/v1/surveys/${survey.id}/responses/${response}`, { excluded: true });
    await ask("PATCH", `/v1/surveys/${survey.id}/responses/${response}`, {
      tags: ["urgent"],
      note: "a word in confidence",
    });
    await ask("POST", `/v1/surveys/${survey.id}/invitations`, { respondents: [{ id: "ann" }, { id: "ben" }] });
    await ask("POST", "/v1/unsubscribes", { respondent: "ann", survey: survey.id });
    await ask("DELETE", `/v1/surveys/${survey.id}/responses/${response}?score=drop`);
    await ask("POST", `/v1/surveys/${survey.id}/signing-keys`, {});
    const hooks = `/v1/surveys/${survey.id}/webhooks`;
    const hook = { url: "https://hooks.example/confidence", events: ["comment.created", "score.dropped"] };
    const { id } = await ask<{ id: string }>("POST", hooks, hook);
    await ask("PATCH", `${hooks}/${id}`, { enabled: false, filter: { has_comment: true } });
    await ask("POST", `${hooks}/${id}/secret`);
    await ask("DELETE", `${hooks}/${id}`);
    const page = await openDashboard({ key });
    await page.getByText("You", { exact: true }).click();
    await page.getByRole("link", { name: "Log" }).click();
    const acts = page.getByRole("listitem");
    await acts.filter({ hasText: "Admin token: made a key (do everything)" }).first().waitFor();
    await acts
      .filter({
        hasText:
          "Admin token: changed settings (Your name as customers know it; Sites that may send responses; Who and when)",
      })
      .waitFor();
    await acts.filter({ hasText: "marked a response as spam" }).waitFor();
    await acts.filter({ hasText: "worked on a response (note, tags)" }).waitFor();
    await acts.filter({ hasText: "invited people (2)" }).waitFor();
    await acts.filter({ hasText: "unsubscribed a person" }).filter({ hasText: "ann" }).waitFor();
    await acts.filter({ hasText: "erased a response with its score" }).waitFor();
    await acts.filter({ hasText: "made a webhook (a new comment, a score falls)" }).waitFor();
    await acts.filter({ hasText: "changed a webhook (On or off, Filter)" }).waitFor();
    await acts.filter({ hasText: "replaced the secret of a webhook" }).waitFor();
    await acts.filter({ hasText: "deleted a webhook" }).waitFor();
    await acts.filter({ hasText: "made a signing key (identity of visitors)" }).waitFor();
    await acts.filter({ hasText: "Shop <img src=x onerror=alert(1)>" }).first().waitFor();
    expect(await page.getByText("a word in confidence").count()).toBe(0);
    expect(await page.locator("main img").count()).toBe(0);
  });

  it("goes on page by page, without losing or repeating an act", async () => {
    const { survey, key } = await watched();
    for (let at = 0; at < 60; at++) await ask("PATCH", `/v1/surveys/${survey.id}`, { brand: `Lumen ${at}` });
    const page = await openDashboard({ key, path: "/log" });
    await expect.poll(() => page.getByRole("listitem").count()).toBe(50);
    await page.getByRole("button", { name: "Show more" }).click();
    await expect
      .poll(() =>
        page.getByRole("listitem").filter({ hasText: "changed settings (Your name as customers know it)" }).count(),
      )
      .toBe(60);
  });

  it("shows an act that it has no words for as it was written", async () => {
    const { key } = await watched();
    const page = await openDashboard({ key });
    await page.route("**/v1/audit*", async (route) => {
      const act = { at: "2026-11-22T09:00:00Z", request: "r", key: "gone", act: "PUT /v1/moons/:moon", survey: null };
      const items = [{ ...act, target: "luna", detail: ["<b>full</b>"] }];
      await route.fulfill({ json: { items, next: null } satisfies Page<unknown> });
    });
    await page.getByText("You", { exact: true }).click();
    await page.getByRole("link", { name: "Log" }).click();
    await page.getByText("gone: PUT /v1/moons/:moon (<b>full</b>)").waitFor();
  });

  it("is for administrators", async () => {
    const survey = await aSurvey();
    const page = await openDashboard({ key: await aKey(survey.id, "write"), path: "/log" });
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
    await page.goto(page.url().replace(/#.*/, "#/"));
    await page.getByText("You", { exact: true }).click();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    expect(await page.getByRole("link", { name: "Log" }).count()).toBe(0);
  });
});
