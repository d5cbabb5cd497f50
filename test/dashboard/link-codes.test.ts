/** The list of places in the dashboard: one PDF with a captioned code for each, and a CSV of the links. */
import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { expect, it } from "vitest";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, openDashboard } from "./support/dashboard.ts";

async function saved(page: Page, button: RegExp): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFile(await (await download).path());
}

/** What each page's code says, and how many of the pixels of its caption are dark, line of pixels by line. */
function pagesOf(pdf: Buffer) {
  const text = pdf.toString("latin1");
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  for (const [index, offset] of offsets.entries())
    expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`));
  const links = [...text.matchAll(/0 0 (\d+\.\d+) 0 56\.693 cm\n([\s\S]*?)\nf\n/g)].map(([, scale, operators]) => {
    const size = Math.round(283.465 / Number(scale));
    const data = new Uint8Array((size * 4) ** 2 * 4).fill(255);
    for (const [, x, y, length] of operators!.matchAll(/(\d+) (\d+) (\d+) 1 re/g))
      for (let row = (size - Number(y) - 1) * 4; row < (size - Number(y)) * 4; row++)
        data.fill(0, (row * size * 4 + Number(x) * 4) * 4, (row * size * 4 + (Number(x) + Number(length)) * 4) * 4);
    return decodeQR({ width: size * 4, height: size * 4, data });
  });
  const images = [...text.matchAll(/\/Width (\d+) \/Height (\d+) [^>]*\/Length (\d+) >>\nstream\n/g)].map((found) => {
    const start = found.index + found[0].length;
    const grey = inflateSync(pdf.subarray(start, start + Number(found[3])));
    expect(grey.length).toBe(Number(found[1]) * Number(found[2]));
    return grey.filter((value) => value < 128).length / grey.length;
  });
  expect(Number(/\/Count (\d+)/.exec(text)?.[1])).toBe(links.length);
  return { links, images };
}

it("makes a captioned code and a link of each line, once the branch is declared by a press", async () => {
  const survey = await aSurvey();
  const page = await openDashboard({ path: `/s/${survey.id}/settings/sharing` });
  await page.getByLabel("What tells them apart").fill("branch");
  await page.getByLabel("List", { exact: true }).fill("Львів, Ринок 1\n  \nКиїв\nКиїв\nالقاهرة");
  await page.getByRole("button", { name: "Break down by “branch”" }).click();
  await page.getByText("Save the settings before the codes are used").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Save the settings before the codes are used").waitFor({ state: "detached" });
  const { links, images } = pagesOf(await saved(page, /^Save 3 codes/));
  const base = `${sharedCollector().url}/s/${survey.id}?branch=`;
  expect(links).toEqual(["Львів, Ринок 1", "Київ", "القاهرة"].map((value) => base + encodeURIComponent(value)));
  for (const ink of images) expect(ink).toBeGreaterThan(0.01);
  const csv = (await saved(page, /^Save 3 links/)).toString();
  expect(csv.split("\n")[0]).toContain("branch,link,tablet_link");
  expect(csv).toContain(`${base}${encodeURIComponent("Київ")}&kiosk=1`);
});

it("takes a table whose first line names properties, and says what is wrong with one", async () => {
  const survey = await aSurvey({ segments: ["department", "employee×department", "channel"] });
  const page = await openDashboard({ path: `/s/${survey.id}/settings/sharing` });
  const list = page.getByLabel("List", { exact: true });
  await list.fill("department\temployee\nLviv\t12\nLviv\t13\nKyiv\t");
  const { links } = pagesOf(await saved(page, /^Save 3 codes/));
  expect(links.map((link) => new URL(link).search)).toEqual([
    "?department=Lviv&employee=12",
    "?department=Lviv&employee=13",
    "?department=Kyiv",
  ]);
  await list.fill("department,shop\nLviv,12");
  await page.getByText("The first line names what answers are not broken down by: shop.").waitFor();
  await list.fill(`"department",employee\n"Lviv`);
  await page.getByText("Quotation marks in the table do not match.").waitFor();
  await list.fill("a".repeat(201));
  await page.getByText("A value may have at most 200 characters").waitFor();
  await list.fill(Array.from({ length: 501 }, (_, at) => `shop ${at}`).join("\n"));
  await page.getByText("At most 500 places at once.").waitFor();
});
