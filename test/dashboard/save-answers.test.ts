import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readCsv } from "../../dashboard/files/read-csv.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { Page as PageOf } from "../../shared/schema/paging.ts";
import { instantInZone } from "../../shared/time/calendar.ts";
import type { Cut } from "../support/cutting-proxy.ts";
import { openCuttingProxy } from "../support/cutting-proxy.ts";
import { readXlsx } from "../support/read-xlsx.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

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

const workbook = (page: Page) => page.getByRole("button", { name: "Save responses (Excel workbook)" });
const brokenOff = "The connection broke off before the whole file was here";

/** The last download, as rows by the names of the columns. */
async function savedWorkbook(downloads: Download[]) {
  const [sheet] = readXlsx(await readFile(await downloads.at(-1)!.path()));
  const [names, ...rows] = sheet!;
  const columnOf = new Map(names!.map(({ at, value }) => [at.replace("1", ""), value]));
  return rows.map((cells) =>
    Object.fromEntries(cells.map(({ at, value }) => [columnOf.get(at.replace(/\d+$/, "")), value])),
  );
}

describe("a file of responses", () => {
  it("that brings nothing is not saved, and it is said", async () => {
    const proxy = await openCuttingProxy(sharedCollector().url);
    onTestFinished(proxy.stop);
    const { page, downloads } = await openComments(proxy.url);
    for (const button of [save(page), workbook(page)]) {
      proxy.cut = { how: "breaks", bytes: 3 };
      await button.click();
      await page.getByRole("alert").getByText(brokenOff).waitFor();
      expect(downloads).toEqual([]);
      proxy.cut = null;
      await button.click();
      await expect.poll(() => downloads.length).toBe(1);
      downloads.length = 0;
    }
    await expectWholeFile(page, downloads);
  });

  it.each<Cut>(["ends", "ends at a row"])(
    "that %s every few rows is taken up behind the last whole one, and is saved whole",
    async (how) => {
      const proxy = await openCuttingProxy(sharedCollector().url);
      onTestFinished(proxy.stop);
      const { page, downloads } = await openComments(proxy.url);
      proxy.cut = { how, bytes: 3000 };
      await expectWholeFile(page, downloads);
      await workbook(page).click();
      await expect.poll(() => downloads.length).toBe(2);
      expect((await savedWorkbook(downloads)).map((row) => row.comment)).toEqual(comments.toReversed());
    },
  );

  it("that stops coming says how much is here, can be stopped, and goes on when the connection goes and comes back", async () => {
    const proxy = await openCuttingProxy(sharedCollector().url);
    onTestFinished(proxy.stop);
    const { page, downloads } = await openComments(proxy.url);
    proxy.cut = { how: "stops", bytes: 3000 };
    await save(page).click();
    await page.getByText(counted).waitFor();
    await page.getByRole("button", { name: "Stop saving" }).click();
    await save(page).click();
    await page.getByText(counted).waitFor();
    expect(downloads).toEqual([]);
    proxy.cut = null;
    proxy.breakOff();
    await expect.poll(() => downloads.length).toBe(1);
    downloads.length = 0;
    await expectWholeFile(page, downloads);
  });

  it("as a workbook holds what the API gives: scores as numbers, times of the survey's zone, texts as they are", async () => {
    const { id } = await aSurvey({ timezone: "Europe/Kyiv", segments: ["plan"] });
    await answer(id, { nps: 0, csat: 5, comment: "=1+1", properties: { plan: "007", seats: 3 } });
    await answer(id, { nps: 10, comment: "дуже\nдобре ممتاز", respondent: { id: "+380441234567" } });
    const page = await openDashboard({ path: `/s/${id}/comments` });
    const downloads: Download[] = [];
    page.on("download", (download) => downloads.push(download));
    await workbook(page).click();
    await expect.poll(() => downloads.length).toBe(1);
    const { items } = await ask<PageOf<ResponseItem>>("GET", `/v1/surveys/${id}/responses`);
    const rows = await savedWorkbook(downloads);
    expect(downloads[0]!.suggestedFilename()).toBe(`responses-${id}.xlsx`);
    const dayOf = (instant: string) =>
      Date.parse(`${instantInZone(Date.parse(instant), "Europe/Kyiv").replace(" ", "T")}Z`) / 86_400_000 + 25_569;
    expect(rows).toEqual(
      items.map((item) => {
        const { properties } = item;
        return Object.fromEntries(
          Object.entries({
            "created_at (Europe/Kyiv)": expect.closeTo(dayOf(item.created_at), 6),
            "updated_at (Europe/Kyiv)": expect.closeTo(dayOf(item.updated_at), 6),
            nps: item.nps,
            nps_group: item.nps_group,
            csat: item.csat,
            csat_group: item.csat_group,
            comment: item.comment,
            respondent: item.respondent?.id,
            respondent_verified: item.respondent?.verified,
            "property: plan": properties.plan,
            channel: item.channel,
            status: item.status,
            excluded: item.excluded,
            flags: item.flags.join(", ") || null,
            properties: JSON.stringify(properties),
            id: item.id,
          }).filter(([, value]) => value !== null && value !== undefined),
        );
      }),
    );
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
