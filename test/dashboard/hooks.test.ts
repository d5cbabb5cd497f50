/** The hooks of a survey, as an owner makes, tries and deletes them. */
import { expect, it } from "vitest";
import type { Hook } from "../../shared/schema/hook.ts";
import type { Page } from "../../shared/schema/paging.ts";
import { expectAccessible } from "./support/axe.ts";
import { aSurvey, ask, openDashboard } from "./support/dashboard.ts";

const EVENT = {
  id: 7,
  status: "closed",
  contact: { id: "ann", zone: "Europe/Kyiv" },
  deal: { department: "<b>Repairs" },
};

it("are made from a pasted payload, tried, switched off and deleted", async () => {
  const { id } = await aSurvey({ questions: ["nps"], segments: ["department"] });
  const page = await openDashboard({ path: `/s/${id}/settings/hooks`, viewport: { width: 320, height: 640 } });
  await page.getByText("No hooks yet.").waitFor();
  await page.getByRole("button", { name: "Make the hook" }).click();
  await page.getByText("Write a JSON pointer").first().waitFor();

  await page.getByLabel("Name of the hook").fill("Case closed");
  await page.getByLabel("What the sender sends").fill("nothing");
  await page.getByLabel("What the sender sends").fill(JSON.stringify(EVENT));
  const pointers = page.getByRole("list", { name: "Pointers" });
  await pointers.getByText("/deal/department").waitFor();
  // What a sender has sent is text.
  await pointers.getByText("<b>Repairs").waitFor();
  expect(await page.locator("datalist option[value='/contact/zone']").count()).toBeGreaterThan(0);
  await page.getByLabel("What names the event").fill("/id");
  await page.getByLabel("Who the person is").fill("/contact/id");
  await page.getByLabel("Only where (pointer)").fill("/status");
  await page.getByLabel("is exactly this").fill("closed");
  await page.getByLabel("Properties").fill("department /deal/department");
  await page.getByText("When the invitation may be sent").click();
  await page.getByLabel("Delay in minutes").fill("60");
  await page.getByLabel("Quiet hours from").fill("21:00");
  await page.getByLabel("Quiet hours to").fill("09:00");
  await page.getByText("More from the event").click();
  await page.getByLabel("Time zone").fill("/contact/zone");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the hook" }).click();

  const key = (await page.getByRole("region", { name: "Key", exact: true }).textContent()) ?? "";
  expect(key).toMatch(/^vhh_/);
  const both = (await page.getByRole("region", { name: "Address with the key" }).textContent()) ?? "";
  const { items } = await ask<Page<Hook>>("GET", `/v1/surveys/${id}/hooks`);
  expect(items).toMatchObject([
    {
      name: "Case closed",
      map: {
        ...{ event: "/id", respondent: "/contact/id", time_zone: "/contact/zone" },
        properties: { department: "/deal/department" },
      },
      when: { pointer: "/status", equals: "closed" },
      delay_minutes: 60,
      quiet_hours: { from: "21:00", to: "09:00" },
    },
  ]);
  expect(both).toBe(`${items[0]?.url}?key=${key}`);

  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Case closed" }) });
  await card.getByText("Nothing has come within the last day.").waitFor();
  await card.getByRole("button", { name: "Try" }).click();
  await card.getByLabel("What the sender sends").fill("id=8&status=open&contact[id]=eva");
  await card.getByRole("button", { name: "Try what is pasted" }).click();
  await card.getByText("Nobody was invited: the condition does not hold.").waitFor();
  await card.getByText("eva").waitFor();

  const told = await fetch(both, { method: "POST", body: JSON.stringify(EVENT) });
  expect(told.status).toBe(202);
  await page.reload();
  await card.getByText("The person was invited.").waitFor();
  expect(await page.getByText(key).count(), "the key is shown once").toBe(0);
  await card.getByText("What came last").click();
  await card.getByText('"department": "<b>Repairs"').waitFor();
  await card.getByRole("button", { name: "Try" }).click();
  await card.getByRole("button", { name: "Try what came last" }).click();
  await card.getByText("This event would invite the person.").waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  await card.getByRole("button", { name: "Switch off" }).click();
  await card.getByText("Off: nobody is invited.").waitFor();
  await card.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No hooks yet.").waitFor();
});
