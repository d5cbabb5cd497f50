import { expect, it } from "vitest";
import { aKey, answer, aSurvey, openDashboard } from "./support/dashboard.ts";

/** Each row of the list asks for its own figures: two hundred replies, on a machine that has other things to do. */
const BUSY_MS = 120_000;

it("a score from a few answers does not look sure in the list", async () => {
  const name = `Few ${crypto.randomUUID()}`;
  const few = await aSurvey({ name });
  for (const nps of [9, 10]) await answer(few.id, { nps });
  // A key of this survey alone: no other is in its list.
  const page = await openDashboard({ key: await aKey(few.id, "comments") });
  const row = page.getByRole("listitem").filter({ hasText: name });
  await page.getByText("Scores and responses of the last 90 days").waitFor();
  await row.getByText("few answers: a hint only").waitFor();
  const score = row.getByRole("definition").filter({ hasText: /^100$/ });
  const weights = [score, row.getByRole("definition").filter({ hasText: /^2$/ })].map((each) =>
    each.evaluate((element) => Number(getComputedStyle(element).fontWeight)),
  );
  const [ofScore = 0, ofCount = 0] = await Promise.all(weights);
  expect(ofScore).toBeLessThan(ofCount);
});

it("more surveys than a page of the list holds can all be reached, and added up", {
  timeout: 2 * BUSY_MS,
}, async () => {
  const name = `Branch ${crypto.randomUUID()}`;
  const ids = await Promise.all(
    Array.from({ length: 101 }, async (_, at) => (await aSurvey({ name: `${name} ${at}` })).id),
  );
  const page = await openDashboard();
  const ours = page.getByRole("listitem").filter({ hasText: name });
  const more = page.getByRole("button", { name: "Show more" });
  const reached = async () => {
    if (await more.isVisible()) await more.click();
    return ours.count();
  };
  await expect.poll(reached, { timeout: BUSY_MS }).toBe(101);
  // The last in the collector's order is the first to be forgotten.
  const last = ids.toSorted().at(-1) ?? "";
  const picked = await openDashboard({ path: `/together?surveys=${last}` });
  await picked.getByLabel(`${name} ${ids.indexOf(last)}`, { exact: true }).waitFor();
  expect(await picked.getByLabel(`${name} ${ids.indexOf(last)}`, { exact: true }).isChecked()).toBe(true);
});
