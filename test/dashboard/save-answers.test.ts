import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readCsv } from "../../dashboard/files/read-csv.ts";
import type { Cut } from "../support/cutting-proxy.ts";
import { openCuttingProxy } from "../support/cutting-proxy.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { answer, aSurvey, openDashboard } from "./support/dashboard.ts";

let survey: string;
const comments = Array.from(
  { length: 30 },
  (_, index) => `comment ${index}, of some length, so that the file has some too`,
);

beforeAll(async () => {
  ({ id: survey } = await aSurvey());
  for (const comment of comments) await answer(survey, { nps: 9, comment });
});

const save = (page: Page) => page.getByRole("button", { name: "Save responses for Excel (CSV)" });

/** Some are here. */
const counted = /^[1-9]\d* responses? so far…$/;

async function openComments(through?: string) {
  const page = await openDashboard({ path: `/s/${survey}/comments`, ...(through && { through }) });
  const downloads: Download[] = [];
  page.on("download", (download) => downloads.push(download));
  await page.getByText(comments.at(-1)!).waitFor();
  return { page, downloads };
}

/** The same button saves the whole file once what was in the way is gone. */
async function expectWholeFile(page: Page, downloads: Download[]) {
  await save(page).click();
  await expect.poll(() => downloads.length).toBe(1);
  const rows = await readCsv(await readFile(await downloads[0]!.path(), "utf8"));
  expect(rows?.map((row) => row.comment)).toEqual([...comments].reverse());
  expect(await page.getByRole("alert").count()).toBe(0);
}

describe("a file of responses", () => {
  it.each<[Cut, number]>([
    ["breaks", 3],
    ["breaks", 3000],
    ["ends", 3000],
  ])("that %s after %i bytes is not saved, and it is said", async (how, bytes) => {
    const proxy = await openCuttingProxy(sharedCollector().url);
    onTestFinished(proxy.stop);
    const { page, downloads } = await openComments(proxy.url);
    proxy.cut = { how, bytes };
    await save(page).click();
    await page.getByRole("alert").getByText("The connection broke off before the whole file was here").waitFor();
    expect(downloads).toEqual([]);
    proxy.cut = null;
    await expectWholeFile(page, downloads);
  });

  it("that stops coming says how much is here, can be stopped, and is not saved when the connection goes", async () => {
    const proxy = await openCuttingProxy(sharedCollector().url);
    onTestFinished(proxy.stop);
    const { page, downloads } = await openComments(proxy.url);
    proxy.cut = { how: "stops", bytes: 3000 };
    await save(page).click();
    await page.getByText(counted).waitFor();
    await page.getByRole("button", { name: "Stop saving" }).click();
    await save(page).click();
    await page.getByText(counted).waitFor();
    proxy.breakOff();
    await page.getByRole("alert").getByText("The connection broke off before the whole file was here").waitFor();
    expect(downloads).toEqual([]);
    proxy.cut = null;
    await expectWholeFile(page, downloads);
  });

  it("is asked for again by the same button after a network that was away, and after a collector that was busy", async () => {
    const { page, downloads } = await openComments();
    const file = /\/responses\b/;
    await page.route(file, (route) => route.abort("internetdisconnected"));
    await save(page).click();
    await page.getByRole("alert").getByText("cannot be reached").waitFor();
    await page.unroute(file);
    await page.route(file, (route) =>
      route.fulfill({
        status: 503,
        headers: { "Retry-After": "5" },
        contentType: "application/problem+json",
        body: JSON.stringify({ code: "overloaded", title: "Overloaded", detail: "The database is busy; try again." }),
      }),
    );
    await save(page).click();
    await page.getByRole("alert").getByText("busy").waitFor();
    await page.unroute(file);
    await page.route(file, (route) =>
      route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
    );
    await save(page).click();
    await expect.poll(() => page.getByRole("alert").textContent()).not.toContain("busy");
    expect(downloads).toEqual([]);
    await page.unroute(file);
    await expectWholeFile(page, downloads);
  });

  it("asks for the key again where the session is over, and is saved after that", async () => {
    const { page, downloads } = await openComments();
    await page.context().clearCookies();
    await save(page).click();
    await page.getByLabel("Key or admin token").waitFor();
    expect(downloads).toEqual([]);
    await page.getByLabel("Key or admin token").fill(sharedCollector().adminToken);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(comments.at(-1)!).waitFor();
    await expectWholeFile(page, downloads);
  });
});
