import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../dashboard/files/read-csv.ts";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Person } from "../../shared/schema/person.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

/** Answers, an invitation and an unsubscribe of one person nobody else's test knows. */
async function somebody() {
  const id = `ann ${crypto.randomUUID()}/<b>@example.com`;
  const survey = await aSurvey({ name: "Shop" });
  await answer(survey.id, { nps: 2, comment: "I live in Elm Street", respondent: { id } });
  await answer(survey.id, { nps: 9, csat: 5, respondent: { id } });
  await ask<InvitationsReply>("POST", `/v1/surveys/${survey.id}/invitations`, { respondents: [{ id: `${id} too` }] });
  return { id, survey };
}

describe("everything of a respondent", () => {
  it("is found from their comment, and taken along as a file", async () => {
    const { id, survey } = await somebody();
    await ask("POST", "/v1/unsubscribes", { respondent: id });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("More").click();
    await page.getByRole("link", { name: "Everything held on this person" }).click();
    await page.getByRole("heading", { name: id }).waitFor();
    await page.getByRole("heading", { name: "2 responses" }).waitFor();
    await page.getByText("I live in Elm Street").waitFor();
    await page.getByRole("heading", { name: "Wants no more invitations" }).waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save everything (JSON)" }).click();
    const person: Person = JSON.parse(await readFile(await (await saved).path(), "utf8"));
    expect(person.respondent).toBe(id);
    expect(person.items.map(({ nps, comment }) => [nps, comment])).toEqual([
      [2, "I live in Elm Street"],
      [9, null],
    ]);
    expect(person.unsubscribes).toHaveLength(1);
  });

  it("is found from the settings, and erased only when asked twice", async () => {
    const { id, survey } = await somebody();
    const held = () => ask<Person>("GET", `/v1/respondents/${encodeURIComponent(id)}`);
    const page = await openDashboard({ path: `/s/${survey.id}/settings/privacy` });
    await page.getByLabel("The person’s id").fill(id);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    const erase = page.getByRole("button", { name: "Erase everything…" });
    await erase.click();
    await page.getByRole("dialog").getByText("The scores stay in the figures.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect((await held()).items).toHaveLength(2);
    await erase.click();
    await page.getByRole("button", { name: "Erase for good" }).click();
    await page.getByText("Erased: 2 responses, 0 invitations.").waitFor();
    await page.getByText("Nothing is held on this person.").waitFor();
    expect((await held()).items).toEqual([]);
    expect((await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`)).responses).toBe(2);
  });

  it("has every answer in the file however many there are", async () => {
    const { id, survey } = await somebody();
    for (let at = 0; at < 103; at++) await answer(survey.id, { nps: 5, respondent: { id } });
    const page = await openDashboard({ path: `/person/${encodeURIComponent(id)}` });
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save everything (JSON)" }).click();
    expect(JSON.parse(await readFile(await (await saved).path(), "utf8")).items).toHaveLength(105);
  });

  it("has every answer in a file for Excel, with the survey that it was given to", async () => {
    const { id, survey } = await somebody();
    const other = await aSurvey({ name: "=Help desk" });
    await answer(other.id, { csat: 1, comment: "too slow; really", respondent: { id } });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("I live in Elm Street").waitFor();
    // The surveys' names come long after the answers.
    const asked = Promise.withResolvers<void>();
    const answers = page.waitForResponse(/\/v1\/respondents\?/);
    await page.route(/\/v1\/surveys\b/, async (route) => {
      await asked.promise;
      await route.continue();
    });
    await page.goto(page.url().replace(/#.*|$/, `#/person/${encodeURIComponent(id)}`));
    await (await answers).finished();
    expect(await page.getByRole("button", { name: "Save responses for Excel (CSV)" }).count()).toBe(0);
    asked.resolve();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save responses for Excel (CSV)" }).click();
    const rows = await readCsv(await readFile(await (await saved).path(), "utf8"));
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual(
      expect.objectContaining({ survey: survey.name, nps: "2", comment: "I live in Elm Street" }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ survey: "'=Help desk", nps: "", csat: "1", comment: "too slow; really" }),
    );
  });

  it("is for administrators", async () => {
    const { id, survey } = await somebody();
    const page = await openDashboard({ key: await aKey(survey.id, "write"), path: `/s/${survey.id}/comments` });
    await page.getByText("More").click();
    await page.getByRole("button", { name: "Erase the words…" }).waitFor();
    expect(await page.getByRole("link", { name: "Everything held on this person" }).count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, `#/person/${encodeURIComponent(id)}`));
    await page.getByRole("heading", { name: "Nothing here" }).waitFor();
  });
});
