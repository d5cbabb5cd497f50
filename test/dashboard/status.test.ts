import { expect, it } from "vitest";
import type { Status } from "../../shared/schema/status.ts";
import { aKey, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

it("the state shows how much of the plan is used, and each job's last run, in words", async () => {
  const page = await openDashboard();
  const now = await ask<Status>("GET", "/v1/status");
  const jobs = [
    { name: "retain", ran_at: "2026-11-22T09:00:00Z", took_ms: 12, done: 3400, more: true, failed: null },
    { name: "moons", ran_at: "2026-11-22T09:00:00Z", took_ms: 1, done: 0, more: true, failed: "Error: <b>no moon</b>" },
  ];
  const webhooks = { messages_waiting: 3, oldest_waiting_since: "2026-11-22T08:00:00Z", messages_dead: 1 };
  await page.route("**/v1/status", (route) =>
    route.fulfill({
      json: {
        ...now,
        today: { ...now.today, limit_reached: "rows_written" },
        database_bytes: 430_000_000,
        surveys_being_erased: 1,
        webhooks,
        jobs,
      } satisfies Status,
    }),
  );
  await page.getByText("You", { exact: true }).click();
  await page.getByRole("link", { name: "State" }).click();
  await page.getByText("430 MB of 500 MB").waitFor();
  await page.getByText(/^at least [\d,]+ of 100,000/).waitFor();
  await page.getByText("1 deleted survey is being erased").waitFor();
  await page.getByText("3 wait to be sent").waitFor();
  await page.getByText(/^The oldest of them was written on .*2026/).waitFor();
  await page.getByText("1 was given up.").waitFor();
  await page.getByText("It goes on at 00:00 UTC").waitFor();
  const rows = page.getByRole("row");
  await rows.filter({ hasText: "Delete answers after their retention" }).getByText("goes on at the next run").waitFor();
  await rows.filter({ hasText: "moons" }).getByText("failed: Error: <b>no moon</b>").waitFor();
});

it("the state is not offered to a key of one survey", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ key: await aKey(id, "admin") });
  await page.getByText("You", { exact: true }).click();
  await page.getByRole("link", { name: "Log" }).waitFor();
  expect(await page.getByRole("link", { name: "State" }).count()).toBe(0);
});
