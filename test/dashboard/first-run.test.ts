import { expect, it } from "vitest";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { aSurvey, ask, openDashboard } from "./support/dashboard.ts";

const describing = (field: Element) =>
  (field.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent)
    .join(" ");

it("leads from a name to the first test response on the screen, which is never counted", async () => {
  const page = await openDashboard({ path: "/new" });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Write something here").waitFor();
  const name = page.getByLabel("Name of the survey");
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await name.evaluate(describing)).toContain("Write something here");
  await page.getByLabel("Name of the survey").fill("Autumn");
  await page.getByLabel("Your name as customers know it").fill("Lumen");
  await page.getByRole("button", { name: "Continue" }).click();

  const preview = page.frameLocator("iframe");
  await preview.getByText("How likely are you to recommend Lumen").first().waitFor();
  await page.getByLabel("Would they recommend you? (0 to 10)").uncheck();
  await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
  await page.getByLabel("Would they recommend you? (0 to 10)").check();
  await page.getByRole("button", { name: "Ask later: Why? (a comment)" }).click();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByText("Waiting for the first answer").waitFor();
  const survey = /new\/(srv_\w+)\/try/.exec(page.url())?.[1];
  expect(await page.getByRole("region", { name: "Tag for your page" }).textContent()).toMatch(
    new RegExp(`^<script async src="http://127\\.0\\.0\\.1:\\d+/w/${survey}\\.js"></script>$`),
  );
  // As was chosen in the step before: satisfaction first.
  await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
  // A tap within half a second of the question's appearance is taken for one on its way, and answers nothing.
  const chosen = preview.getByRole("radio", { name: "3" });
  await expect
    .poll(async () => (await chosen.isVisible()) && (await chosen.click().then(() => chosen.isChecked())))
    .toBe(true);
  await page.getByText("It arrived:").waitFor();
  const metrics = await ask<Metrics>("GET", `/v1/surveys/${survey}/metrics`);
  expect(metrics.responses).toBe(0);
  await page.getByRole("link", { name: "To the overview" }).click();
  await page.getByRole("heading", { name: "No responses in this period" }).waitFor();
});

it.each([
  [
    "en",
    "What it is for",
    "Employees (eNPS)",
    "Continue",
    "Name of the survey",
    "recommend this company as a place to work",
  ],
  [
    "uk",
    "Для чого опитування",
    "Працівники (eNPS)",
    "Далі",
    "Назва опитування",
    "порадите нашу компанію як місце роботи",
  ],
] as const)("begins from a template, in %s", async (locale, label, template, onwards, nameLabel, question) => {
  const page = await openDashboard({ path: "/new", locale });
  await page.getByLabel(label).selectOption(template);
  await page.getByLabel(nameLabel).fill("Team pulse");
  await page.getByRole("button", { name: onwards }).click();
  await page.frameLocator("iframe").getByText(question).first().waitFor();
  const id = /new\/(srv_\w+)\/look/.exec(page.url())![1]!;
  const survey = await ask<Survey>("GET", `/v1/surveys/${id}`);
  expect(survey).toMatchObject({ name: "Team pulse", anonymous: true, questions: ["nps", "comment"] });
  expect(Object.keys(survey.texts).toSorted()).toEqual(["ar", "en", "ru", "uk"]);
  expect(survey.topics[0]?.name).toBe(locale === "en" ? "Pay" : "Оплата праці");
});

it("shows in each step what was chosen in the step before, and again on the way back", async () => {
  const { id } = await aSurvey({ brand: "Lumen" });
  const page = await openDashboard({ path: `/new/${id}/look` });
  const preview = page.frameLocator("iframe");
  await preview.getByText("Question 1 of 3").first().waitFor();
  await page.getByLabel("Are they satisfied? (1 to 5)").uncheck();
  await page.getByLabel("Why? (a comment)").uncheck();
  await page.getByLabel("Accent colour").fill("#cc0000");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Waiting for the first answer").waitFor();
  await preview.getByText("How likely are you to recommend Lumen").first().waitFor();
  expect(await preview.getByText("Question 1 of 3").count()).toBe(0);
  expect(await preview.locator("[part=card]").evaluate((card) => card.style.getPropertyValue("--accent"))).toBe(
    "#cc0000",
  );
  await page.goBack();
  expect(await page.getByLabel("Accent colour").inputValue()).toBe("#cc0000");
  expect(await page.getByLabel("Why? (a comment)").isChecked()).toBe(false);
});

it("leads back to each step that was passed, and loses nothing that was typed or chosen", async () => {
  const { id } = await aSurvey({ name: "Autum", brand: "Lumen" });
  const page = await openDashboard({ path: `/new/${id}/look` });
  const steps = page.getByRole("list", { name: "Steps" });
  const stars = page.getByLabel("Faces");
  await stars.check();
  // What waits to be saved is saved before the survey is tried.
  await expect.poll(() => steps.getByRole("link").allTextContents()).toEqual(["Name"]);
  await steps.getByRole("link", { name: "Name" }).click();
  const name = page.getByLabel("Name of the survey");
  expect(await name.inputValue()).toBe("Autum");
  await name.fill("x".repeat(121));
  await page.getByText("1 character too many").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Write something here, at most 120 characters.").waitFor();
  await name.fill("Autumn");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect.poll(() => stars.isChecked()).toBe(true);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Waiting for the first answer").waitFor();
  const saved = await ask<Survey>("GET", `/v1/surveys/${id}`);
  expect([saved.name, saved.brand, saved.csat_style]).toEqual(["Autumn", "Lumen", "faces"]);
  await steps.getByRole("link", { name: "Questions and look" }).click();
  await expect.poll(() => stars.isChecked()).toBe(true);
  await steps.getByRole("link", { name: "Tag and first answer" }).click();
  // The overview needs no answer first.
  await page.getByRole("link", { name: "To the overview" }).click();
  await page.getByRole("heading", { name: "No responses in this period" }).waitFor();
});

it.each(["look", "try"])(
  "shows the accent colour where it is chosen, and takes no answer for the reader: %s",
  async (step) => {
    const { id } = await aSurvey({ brand: "Lumen", theme: { accent: "#cc0000" } });
    const page = await openDashboard({ path: `/new/${id}/${step}` });
    const last = page.frameLocator("iframe").getByRole("radio", { name: "10" });
    const colourOf = () => last.evaluate((radio) => getComputedStyle(radio).backgroundColor);
    await last.waitFor();
    if (step === "try") return expect(await last.isChecked()).toBe(false);
    await expect.poll(colourOf).toBe("rgb(204, 0, 0)");
    await page.getByLabel("Accent colour").fill("#00aa00");
    await expect.poll(colourOf).toBe("rgb(0, 170, 0)");
    const { items } = await ask<{ items: unknown[] }>("GET", `/v1/surveys/${id}/test-responses`);
    expect(items).toEqual([]);
  },
);

it("keeps the keyboard's place while questions are put in another order", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/new/${id}/look` });
  const later = page.getByRole("button", { name: "Ask later: Would they recommend you? (0 to 10)" });
  await later.focus();
  const hasFocus = () => later.evaluate((button) => button === document.activeElement);
  for (const place of [1, 2, 2]) {
    await page.keyboard.press("Enter");
    const questions = page.locator(".questions li");
    await expect.poll(() => questions.nth(place).textContent()).toContain("Would they recommend you?");
    await expect.poll(hasFocus).toBe(true);
  }
  // Nor does the survey in the preview take it, which is shown anew after each change.
  await expect.poll(() => page.frameLocator("iframe").getByRole("status").textContent()).toContain("How satisfied");
  expect(await hasFocus()).toBe(true);
});
