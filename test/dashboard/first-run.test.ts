import { expect, it } from "vitest";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import { ask, openDashboard } from "./support/dashboard.ts";

it("leads from a name to the first test response on the screen, which is never counted", async () => {
  const page = await openDashboard({ path: "/new" });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("must not be empty").waitFor();
  await page.getByLabel("Name of the survey").fill("Autumn");
  await page.getByLabel("Your name as customers know it").fill("Lumen");
  await page.getByRole("button", { name: "Continue" }).click();

  const preview = page.frameLocator("iframe");
  await preview.getByText("How likely are you to recommend Lumen").first().waitFor();
  await page.getByLabel("Would they recommend you? (0 to 10)").uncheck();
  await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
  await page.getByLabel("Would they recommend you? (0 to 10)").check();
  await page.getByRole("button", { name: "Ask later: Are they satisfied? (1 to 5)" }).click();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByText("Waiting for the first answer").waitFor();
  const survey = /new\/(srv_\w+)\/try/.exec(page.url())?.[1];
  expect(await page.getByRole("region", { name: "Tag for your page" }).textContent()).toMatch(
    new RegExp(`^<script async src="http://127\\.0\\.0\\.1:\\d+/w/${survey}\\.js"></script>$`),
  );
  await preview.getByRole("radio").nth(2).click();
  await page.getByText("It arrived:").waitFor();
  const metrics = await ask<Metrics>("GET", `/v1/surveys/${survey}/metrics`);
  expect(metrics.responses).toBe(0);
  await page.getByRole("link", { name: "To the overview" }).click();
  await page.getByRole("heading", { name: "No answers in these days" }).waitFor();
});
