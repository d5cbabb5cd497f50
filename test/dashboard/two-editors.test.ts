import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Survey, SurveySettingsInput } from "../../shared/schema/survey.ts";
import { aSurvey, ask, openDashboard } from "./support/dashboard.ts";

const stored = (id: string) => ask<Survey>("GET", `/v1/surveys/${id}`);
const meanwhile = (id: string, changes: Partial<SurveySettingsInput>) => ask("PATCH", `/v1/surveys/${id}`, changes);
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const isSaved = (page: Page) => page.getByText("Saved.").waitFor();
const sendText = (page: Page) => page.getByLabel("Button: send");

it("two who write texts of two languages lose neither wording", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/texts` });
  await sendText(page).fill("Off it goes");
  await meanwhile(id, { texts: { uk: { send: "Так" } } });
  await save(page);
  await isSaved(page);
  expect((await stored(id)).texts).toEqual({ en: { send: "Off it goes" }, uk: { send: "Так" } });
});

it("a text that two have changed is shown with both values, and whoever saves last chooses", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/texts` });
  await sendText(page).fill("Mine");
  await meanwhile(id, { texts: { en: { send: "Theirs" } } });
  await save(page);
  const note = page.getByRole("group", { name: /Admin token changed this on/ });
  await note.waitFor();
  await expect.poll(() => note.locator("dd").allTextContents()).toEqual(["Theirs", "Mine"]);
  await page.getByRole("status").getByRole("link", { name: "Button: send (English)" }).waitFor();
  expect((await stored(id)).texts).toEqual({ en: { send: "Theirs" } });
  await note.getByRole("button", { name: "Keep mine" }).click();
  await note.waitFor({ state: "detached" });
  await save(page);
  await isSaved(page);
  expect((await stored(id)).texts).toEqual({ en: { send: "Mine" } });
});

it("the saved value can be taken instead, and the other changes are still saved", async () => {
  const { id } = await aSurvey({ segments: ["plan"] });
  const page = await openDashboard({ path: `/s/${id}/settings/figures` });
  await page.getByLabel("Segments", { exact: true }).fill("plan\ndevice");
  await page.getByLabel("Target for NPS").fill("40");
  await meanwhile(id, { segments: ["plan", "shop"] });
  await save(page);
  const note = page.getByRole("group", { name: /changed this on/ });
  await note.waitFor();
  await expect.poll(() => note.locator("dd").allTextContents()).toEqual(["plan, shop", "plan, device"]);
  await note.getByRole("button", { name: "Use the saved value" }).click();
  await page.getByText("1 change not saved").waitFor();
  await expect.poll(() => page.getByLabel("Segments", { exact: true }).inputValue()).toBe("plan\nshop");
  await save(page);
  await isSaved(page);
  expect(await stored(id)).toMatchObject({ segments: ["plan", "shop"], targets: { nps: 40, csat: null } });
});

it.each([
  ["with its version", (version: string) => ({ version, patch: { brand: "Weeks old" } })],
  ["from before drafts had versions", () => ({ brand: "Weeks old" })],
])("a draft kept on the device for weeks, %s, does not overwrite what was saved since", async (_, draft) => {
  const { id, updated_at } = await aSurvey({ brand: "First" });
  const page = await openDashboard({ path: `/s/${id}/settings` });
  await page.evaluate(
    ([name, text]) => localStorage.setItem(name!, text!),
    [`vidhuk-dashboard:draft:${id}`, JSON.stringify(draft(updated_at))],
  );
  await meanwhile(id, { brand: "Newer" });
  await page.reload();
  await page.getByText("1 change not saved").waitFor();
  await expect.poll(() => page.getByLabel("Your name as customers know it").inputValue()).toBe("Weeks old");
  await save(page);
  await page.getByRole("button", { name: "Use the saved value" }).click();
  expect((await stored(id)).brand).toBe("Newer");
  await page.getByText("not saved").waitFor({ state: "hidden" });
  await expect.poll(() => page.getByLabel("Your name as customers know it").inputValue()).toBe("Newer");
});

it("what was saved is there in every part of the survey, and is no conflict with itself", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings` });
  await page.getByLabel("Name of the survey").fill("Renamed");
  await save(page);
  await isSaved(page);
  await page.getByRole("link", { name: "Overview" }).click();
  await page.locator(".survey-name", { hasText: "Renamed" }).waitFor();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByLabel("Name of the survey").fill("Renamed again");
  await save(page);
  await isSaved(page);
  expect((await stored(id)).name).toBe("Renamed again");
});
