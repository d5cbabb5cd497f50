import { expect, it } from "vitest";
import { parseAddress, prefetchedPaths } from "../../dashboard/address/routes.ts";
import { answer, aSurvey, openDashboard } from "./support/dashboard.ts";

it.each([
  ["the list", () => "/", "All surveys"],
  ["the overview", (survey: string) => `/s/${survey}`, "NPS over time"],
  ["the comments", (survey: string) => `/s/${survey}/comments`, "Comments"],
  ["the settings", (survey: string) => `/s/${survey}/settings`, "Settings"],
  ["the first steps", (survey: string) => `/new/${survey}/look`, "What is asked, and how does it look?"],
])("%s takes what was asked for before its code was here, and asks for none of it again", async (_, pathOf, title) => {
  const { id } = await aSurvey();
  await answer(id, { nps: 9, csat: 5, comment: "quick" });
  const page = await openDashboard();
  await page.getByRole("heading", { name: "All surveys" }).waitFor();
  const { origin } = new URL(page.url());
  // Away first: another address after the # alone would load nothing.
  await page.goto("about:blank");
  // The live stream has the figures asked for once more as it begins, which is no repetition of what was asked ahead.
  await page.route(/\/live\b/, () => {});
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url().replace(origin, "")));
  await page.goto(`${origin}/dashboard/#${pathOf(id)}`);
  await page.getByRole("heading", { name: title, exact: true }).first().waitFor();
  await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
  const wanted = prefetchedPaths(parseAddress(`#${pathOf(id)}`));
  expect(wanted).not.toEqual([]);
  for (const path of wanted) expect([path, asked.filter((each) => each === path).length]).toEqual([path, 1]);
});
