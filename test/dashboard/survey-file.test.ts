import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

let survey: string;
let archive: string[];
const ANSWERS = 1100;

/** As the API gives it, in lines. */
async function archiveOf(id: string): Promise<string[]> {
  const { url, adminToken } = sharedCollector();
  const reply = await fetch(`${url}/v1/surveys/${id}/archive`, { headers: { Authorization: `Bearer ${adminToken}` } });
  return (await reply.text()).trimEnd().split("\n");
}

beforeAll(async () => {
  ({ id: survey } = await aSurvey({ name: "Ten years of answers", segments: ["plan"] }));
  const { url, adminToken } = sharedCollector();
  const lines = Array.from({ length: ANSWERS }, (_, at) =>
    JSON.stringify({ id: `${at}`, created_at: `2026-0${1 + (at % 9)}-11`, nps: at % 11, comment: `Слово ${at}` }),
  );
  for (let at = 0; at < ANSWERS; at += 550) {
    const reply = await fetch(`${url}/v1/surveys/${survey}/import`, {
      method: "POST",
      headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/x-ndjson" },
      body: lines.slice(at, at + 550).join("\n"),
    });
    expect(reply.status).toBe(200);
  }
  archive = await archiveOf(survey);
});

const figures = async (id: string) => {
  const { responses, nps } = await ask<Metrics>("GET", `/v1/surveys/${id}/metrics?from=2026-01-01&to=2026-11-30`);
  return { responses, score: nps?.score };
};
const aFile = (lines: readonly string[]) => ({
  name: "survey.ndjson",
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(`${lines.join("\n")}\n`),
});
const begun = (page: Page) => /from-file\/(srv_\w+)/.exec(page.url())?.[1] ?? "";

describe("the whole survey as a file", () => {
  it("is saved by its administrator, also where a page of it breaks off on its way", async () => {
    const page = await openDashboard({ path: `/s/${survey}/settings/privacy` });
    const cursor = archive.length - 400;
    const asked: string[] = [];
    await page.route("**/archive*", async (route) => {
      const own = new URL(route.request().url()).searchParams.get("cursor") ?? "";
      const isFirst = own === "" && !asked.includes("");
      asked.push(own);
      const next = JSON.stringify({ type: "next", cursor: "further" });
      const lines = own === "" ? [...archive.slice(0, cursor), next] : archive.slice(cursor);
      // The first try ends in the middle of a line, as a proxy ends what was cut.
      const body = isFirst ? lines.join("\n").slice(0, 30_001) : `${lines.join("\n")}\n`;
      await route.fulfill({ body, contentType: "application/x-ndjson" });
    });
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the whole survey as a file" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^survey-ten-years-of-answers-\d{4}-\d\d-\d\d\.ndjson$/);
    expect((await readFile(await download.path(), "utf8")).trimEnd().split("\n")).toEqual(archive);
    expect(asked).toEqual(["", "", "further"]);
  });

  it("that lacks a row is not saved, and it is said", async () => {
    const page = await openDashboard({ path: `/s/${survey}/settings/privacy` });
    const downloads: unknown[] = [];
    page.on("download", (download) => downloads.push(download));
    await page.route("**/archive*", (route) =>
      route.fulfill({ body: `${archive.toSpliced(9, 1).join("\n")}\n`, contentType: "application/x-ndjson" }),
    );
    await page.getByRole("button", { name: "Save the whole survey as a file" }).click();
    await page.getByRole("alert").getByText("broke off before the whole file was here").waitFor();
    expect(downloads).toEqual([]);
  });

  it("becomes a survey again; after a cut and a reload it goes on, with nothing doubled", async () => {
    const page = await openDashboard({ path: "/new" });
    await page.getByRole("link", { name: "Make a survey from a saved file" }).click();
    await page.getByLabel("Saved survey").setInputFiles(aFile(archive));
    await page.getByText(/^“Ten years of answers”, with 1,1\d\d rows\.$/).waitFor();
    let isCut = true;
    let parts = 0;
    await page.route("**/import", (route) => (isCut && parts++ > 0 ? route.abort() : route.continue()));
    await page.getByRole("button", { name: "Make the survey" }).click();
    await page.getByRole("alert").getByText("cannot be reached").waitFor();
    const copy = begun(page);
    isCut = false;
    await page.reload();
    await page.getByText("was begun from a file and is not whole yet").waitFor();
    await page.getByLabel("Saved survey").setInputFiles(aFile(archive));
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("everything in the file is stored").waitFor();
    expect(begun(page)).toBe(copy);
    expect(await figures(copy)).toEqual(await figures(survey));
    expect((await figures(copy)).responses).toBe(ANSWERS);
    await page.getByRole("link", { name: "To the overview" }).click();
    await page.getByText("Ten years of answers").first().waitFor();
  });

  it("can be stopped and gone on with", async () => {
    const page = await openDashboard({ path: "/from-file" });
    let letThrough = () => {};
    const waiting = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    let parts = 0;
    await page.route("**/import", async (route) => {
      if (++parts === 2) await waiting;
      await route.continue().catch(() => {});
    });
    await page.getByLabel("Saved survey").setInputFiles(aFile(archive));
    await page.getByRole("button", { name: "Make the survey" }).click();
    await page.getByText(/^499 of 1,1\d\d rows$/).waitFor();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByText("What was sent is stored; it can go on.").waitFor();
    letThrough();
    // By the keyboard: the focus has stayed on the button.
    await page.keyboard.press("Enter");
    await page.getByText("everything in the file is stored").waitFor();
    const link = page.getByRole("link", { name: "To the overview" });
    expect(await link.evaluate((each) => each === document.activeElement)).toBe(true);
    expect((await figures(begun(page))).responses).toBe(ANSWERS);
  });

  it("that is none, or not whole, is refused before a survey is made", async () => {
    const page = await openDashboard({ path: "/from-file" });
    const file = page.getByLabel("Saved survey");
    const refused = (text: string) => page.getByRole("alert").getByText(text).waitFor();
    await file.setInputFiles(aFile(["id,nps", "1,9"]));
    await refused("This file is not a saved survey.");
    await file.setInputFiles(aFile(archive.slice(0, -3)));
    await refused("The end of the file is missing");
    await file.setInputFiles(aFile([archive[0]!.replace('"version":1', '"version":2'), ...archive.slice(1)]));
    await refused("Another version of the collector");
    expect(await page.getByRole("button", { name: "Make the survey" }).count()).toBe(0);
  });

  it("with a line that was changed is refused by the line, and the survey that was begun can be deleted", async () => {
    const page = await openDashboard({ path: "/from-file" });
    const forged = archive.with(700, archive[700]!.replace(/"nps":\d+/, '"nps":11'));
    await page.getByLabel("Saved survey").setInputFiles(aFile(forged));
    await page.getByRole("button", { name: "Make the survey" }).click();
    await page.getByRole("alert").getByText("Line 701 of the file is not as it was saved.").waitFor();
    await page.getByText("nps must be a whole number from 0 to 10").waitFor();
    const copy = begun(page);
    await page.getByRole("button", { name: "Delete the survey that was begun" }).click();
    await page.getByRole("heading", { name: "All surveys" }).waitFor();
    await expect(figures(copy)).rejects.toThrow("404");
  });

  it("is not taken by a survey that was begun from another one", async () => {
    const { id: other } = await aSurvey({ name: "Another" });
    await answer(other, { nps: 1 });
    const page = await openDashboard({ path: `/from-file/${other}` });
    await page.getByLabel("Saved survey").setInputFiles(aFile(archive));
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("alert").getByText("does not take this file").waitFor();
  });

  it("is offered to nobody whose key is bound to one survey", async () => {
    const page = await openDashboard({ key: await aKey(survey, "admin"), path: "/new" });
    await page.getByRole("heading", { name: "What is the survey called?" }).waitFor();
    expect(await page.getByRole("link", { name: "Make a survey from a saved file" }).count()).toBe(0);
  });
});
