import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readRows } from "../../dashboard/files/read-csv.ts";
import { root } from "../../scripts/paths.ts";
import { sourceNames } from "../../shared/imports/table-map.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Page as PageOf } from "../../shared/schema/paging.ts";
import { expectAccessible } from "./support/axe.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

/** A file in the shape of each product's, with the product's name. */
const FILES = join(root, "test/shared/imports/files");

const HEADERS = "ID,Survey Type,Score,Comment,Permalink,Created At,Updated At,Email,Name,Tags,Plan";
type Row = { score?: string; created?: string; comment?: string };

/** A table as Delighted exports it. */
function delighted(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ score = "9", created = "2025-03-14 09:30:00 UTC", comment = "" }, at) =>
      `r${at},NPS,${score},"${comment}",https://app.example/r${at},${created},,p${at}@example.com,Ann Lee,late,pro`,
  );
  return `${[HEADERS, ...lines].join("\n")}\n`;
}

async function openImport(options: Parameters<typeof openDashboard>[0] = {}) {
  const survey = await aSurvey({ segments: ["Plan"] });
  const page = await openDashboard({ path: `/s/${survey.id}/import`, ...options });
  return { survey: survey.id, page };
}

/** Cyrillic letters from А to я, and ASCII. */
function windows1251(text: string): Buffer {
  const codes = Array.from(text, (sign) => sign.codePointAt(0)!);
  return Buffer.from(codes.map((code) => (code < 0x80 ? code : code - 0x350)));
}

const choose = (page: Page, text: string | Buffer, name = "export.csv") =>
  page.locator("#import-file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** The button says that it does nothing yet, and keeps to it. */
async function expectOff(page: Page, name: string) {
  const button = page.getByRole("button", { name, exact: true });
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  await button.press("Enter");
  expect(await page.getByRole("button", { name: "Stop", exact: true }).count()).toBe(0);
}

/** The number beside a name in a list of numbers. */
const number = (page: Page, name: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");

/** The cells of a row of the table of figures. */
const figures = (page: Page, name: string) => page.getByRole("row", { name }).getByRole("cell").allTextContents();

const countOf = async (survey: string) =>
  (await ask<Metrics>("GET", `/v1/surveys/${survey}/metrics?from=2025-01-01&to=2025-12-31`)).responses;

const storedIn = async (survey: string) =>
  (await ask<PageOf<ResponseItem>>("GET", `/v1/surveys/${survey}/responses?limit=50`)).items;

describe("a file of another product", () => {
  it("is dropped, recognised, confirmed, checked, and changes the score of the overview", async () => {
    const { survey, page } = await openImport();
    await answer(survey, { nps: 0 });
    await page.getByRole("link", { name: "Overview" }).click();
    await page
      .getByRole("figure", { name: "Recommendation (NPS)" })
      .getByText("−100", { exact: true })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Import", exact: true }).click();
    await page.getByText("or drop it here").waitFor();
    const text = delighted([{ comment: "Quick, and kind" }, { score: "10" }, { score: "7" }, { score: "3" }]);
    await page.locator(".drop-zone").evaluate((zone, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], "delighted.csv", { type: "text/csv" }));
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    await expect.poll(() => page.getByLabel("Read it as").inputValue()).toBe("delighted");
    expect(await page.getByLabel("Column “Email”").inputValue()).toBe("respondent");
    expect(await page.getByLabel("Column “Permalink”").inputValue()).toBe("");
    // The reader has the last word on each column.
    await page.getByLabel("Column “Email”").selectOption("Leave it out");
    await page.getByLabel("Column “Name”").selectOption("A property named…");
    await page.getByLabel("Name of the property for “Name”").fill("who");
    const first = page.getByRole("listitem").filter({ hasText: "Line 2" });
    await first.getByText("March 14, 2025, 09:30:00 UTC").waitFor();
    await first.getByText("Quick, and kind").waitFor();
    await first.getByText("Property “who”").waitFor();
    expect(await first.getByText("p0@example.com").count()).toBe(0);
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    expect(await number(page, "New, to be stored").textContent()).toBe("4");
    expect([await figures(page, "NPS"), await figures(page, "Responses")]).toEqual([
      ["−100", "0"],
      ["1", "5"],
    ]);
    expect(await storedIn(survey)).toHaveLength(1);
    await press(page, "Import");
    await page.getByText("The import is done.").waitFor();
    expect(await figures(page, "NPS")).toEqual(["−100", "0"]);
    const link = page.getByRole("link", { name: "To the overview" });
    expect(await link.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    const score = page.getByRole("figure", { name: "Recommendation (NPS)" });
    await score.getByText("0", { exact: true }).first().waitFor();
    await expect.poll(() => number(page, "Responses").textContent()).toBe("5");
    const stored = (await storedIn(survey)).find(({ comment }) => comment !== null);
    expect(stored).toMatchObject({
      ...{ nps: 9, created_at: "2025-03-14T09:30:00.000Z", respondent: null, tags: ["late"], channel: "import" },
      properties: { Plan: "pro", who: "Ann Lee" },
    });
  });

  it("in several parts goes on after a cut, and is known again after a reload, with nothing doubled", async () => {
    const { survey, page } = await openImport();
    const rows = Array.from({ length: 1200 }, (_, at) => ({ score: `${at % 11}` }));
    await choose(page, delighted(rows));
    await press(page, "Check the whole file");
    await expect.poll(() => number(page, "New, to be stored").textContent()).toBe("1,200");
    // Over three parts the figures are those of all rows.
    const after = (await figures(page, "NPS"))[1];
    let parts = 0;
    // The second part arrives, and its answer is lost.
    await page.route("**/import?*", async (route) => {
      if (++parts === 1) return route.continue();
      if (parts === 2) await route.fetch();
      await route.abort();
    });
    await press(page, "Import");
    await page.getByRole("alert").getByText("cannot be reached").waitFor();
    expect(await countOf(survey)).toBe(1000);
    await page.unroute("**/import?*");
    // By the keyboard: the focus has stayed on the button.
    await page.keyboard.press("Enter");
    await page.getByText("The import is done.").waitFor();
    expect([await countOf(survey), (await figures(page, "NPS"))[1]]).toEqual([1200, after]);
    await page.reload();
    await choose(page, delighted(rows));
    await press(page, "Check the whole file");
    await page.getByText("There is nothing new to store.").waitFor();
    expect(await number(page, "Stored before").textContent()).toBe("1,200");
  });

  it("can be stopped and gone on with", async () => {
    const { survey, page } = await openImport();
    let letThrough = () => {};
    const waiting = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await choose(page, delighted(Array.from({ length: 600 }, () => ({}))));
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    let parts = 0;
    await page.route("**/import?*", async (route) => {
      if (++parts === 2) await waiting;
      await route.continue().catch(() => {});
    });
    await press(page, "Import");
    await page.getByText(/^\d+ rows, \d+ %$/).waitFor();
    await expect.poll(() => parts).toBe(2);
    await press(page, "Stop");
    await page.getByText("What was sent is stored; it can go on.").waitFor();
    letThrough();
    await press(page, "Go on");
    await page.getByText("The import is done.").waitFor();
    expect(await countOf(survey)).toBe(600);
  });

  it("tells each refused line and why, saves them as a file that runs no formula, and leaves them out", async () => {
    const { survey, page } = await openImport({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });
    const rows = [{}, { score: "11" }, { score: "ten" }, { created: "2099-01-01" }, { comment: "=1+1", created: "?" }];
    await choose(page, delighted(rows));
    await press(page, "Check the whole file");
    const refused = page.getByRole("region", { name: "4 rows are refused" });
    await refused.waitFor();
    expect(await refused.getByRole("listitem").allTextContents()).toEqual([
      "Line 3: NPS (0 to 10): a whole number from 0 to 10 is expected.",
      "Line 4: NPS (0 to 10): “ten” is no score.",
      "Line 5: When it was given: the date lies in the future.",
      "Line 6: When it was given: “?” is no date.",
    ]);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await expectOff(page, "Import");
    const coming = page.waitForEvent("download");
    await press(page, "Save the refused lines as a file");
    const text = await readFile(await (await coming).path(), "utf8");
    expect(text).toContain(`"'=1+1"`);
    const [head, ...saved] = (await readRows(text))!;
    expect(head).toEqual(["Line", "Reason", ...HEADERS.split(",")]);
    expect(saved.find(([line]) => line === "4")).toEqual([
      ...["4", "NPS (0 to 10): “ten” is no score.", "r2", "NPS", "ten", "", "https://app.example/r2"],
      ...["2025-03-14 09:30:00 UTC", "", "p2@example.com", "Ann Lee", "late", "pro"],
    ]);
    await page.getByLabel("Leave out the refused lines").check();
    await press(page, "Import");
    await page.getByText("The import is done.").waitFor();
    expect(await number(page, "Stored").textContent()).toBe("1");
    expect(await storedIn(survey)).toHaveLength(1);
  });

  it("stores who is not to be asked before the first answer", async () => {
    const { survey, page } = await openImport();
    await choose(
      page,
      "NPS,Date,Email,Unsubscribed at\n9,2025-03-14,ann@example.com,\n2,2025-03-15,bo@example.com,2025-04-01\n",
    );
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.postData() ?? ""));
    await press(page, "Import");
    await page.getByText("The import is done.").waitFor();
    expect(
      sent.map((body) =>
        body
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line).type ?? "answer"),
      ),
    ).toEqual([["unsubscribe"], ["answer", "answer"]]);
    expect(await number(page, "Stored").textContent()).toBe("3");
    expect(await countOf(survey)).toBe(2);
  });

  it("that was mended under the same name is read anew", async () => {
    const { page } = await openImport();
    await choose(page, "NPS,Why\n9,Good\n");
    await page.getByText("No column says when the answers were given.").waitFor();
    const opening = page.waitForEvent("filechooser");
    await page.getByLabel("File", { exact: true }).click();
    // The browser tells of a choice only where it differs from the last one.
    expect(await page.locator("#import-file").inputValue()).toBe("");
    const buffer = Buffer.from("NPS,Why,Date\n9,Good,2025-03-14\n");
    await (await opening).setFiles({ name: "export.csv", mimeType: "text/csv", buffer });
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
  });

  it("whose dates can be read in two ways is checked only after the reader has said how", async () => {
    const { survey, page } = await openImport();
    await choose(page, delighted([{ created: "03/04/2025" }, { created: "05/06/2025" }]));
    await page.getByText("Say how the dates are meant.").waitFor();
    await expectOff(page, "Check the whole file");
    await page.getByRole("radio", { name: "The day first: April 3, 2025" }).check();
    await page.getByText("April 3, 2025", { exact: true }).waitFor();
    await page.getByRole("radio", { name: "The month first: March 4, 2025" }).check();
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    await press(page, "Import");
    await page.getByText("The import is done.").waitFor();
    expect((await storedIn(survey)).map(({ created_at }) => created_at.slice(0, 10)).sort()).toEqual([
      "2025-03-04",
      "2025-05-06",
    ]);
  });

  it.each([
    ["JSON", Buffer.from('[{"id":"a","score":9,"created_at":1741944600,"survey_type":"nps","comment":"Так"}]')],
    ["Windows-1251", windows1251("Дата;NPS;Комментарий\n14.03.2025;9;Так\n")],
  ])("as %s is read as well", async (_, bytes) => {
    const { survey, page } = await openImport();
    await choose(page, bytes, "answers.txt");
    await page.getByText("For example: Так").waitFor();
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    await press(page, "Import");
    await page.getByText("The import is done.").waitFor();
    expect(await storedIn(survey)).toMatchObject([{ nps: 9, comment: "Так" }]);
  });
});

it("the files of all products are recognised, and each brings something", async () => {
  const { page } = await openImport();
  const files = await readdir(FILES);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    await page.locator("#import-file").setInputFiles(join(FILES, file));
    await page.getByText(file, { exact: true }).waitFor();
    const source = sourceNames.find((name) => file.startsWith(name.replace("_", "-")));
    await expect.poll(async () => [file, await page.getByLabel("Read it as").inputValue()]).toEqual([file, source]);
    const dayFirst = page.getByRole("radio", { name: "The day first" });
    if (await dayFirst.isVisible()) await dayFirst.check();
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
    expect([file, await number(page, "New, to be stored").textContent()]).toEqual([
      file,
      expect.stringMatching(/^[1-9]/),
    ]);
  }
});

describe("a file that cannot be imported", () => {
  it.each([
    ["a workbook", Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), "Файл є книгою Excel"],
    ["an empty file", Buffer.from("\n\n"), "Файл порожній."],
    ["an open quotation mark", Buffer.from('id,nps,date\n1,9,"2025-01-01\n'), "У рядку 2 лапки не закрито"],
    ["a cut array", Buffer.from('[{"score":9}'), "Кінця файлу бракує."],
  ])("as %s is refused in the reader's language", async (_, bytes, said) => {
    const { page } = await openImport({ locale: "uk" });
    await choose(page, bytes);
    await page.getByRole("alert").getByText(said).waitFor();
  });

  it("for it is a whole survey leads to where a survey is made of it", async () => {
    const { page } = await openImport();
    await choose(page, `${JSON.stringify({ type: "archive", version: 1, settings: {} })}\n`, "survey.ndjson");
    await page.getByRole("alert").getByRole("link", { name: "Make a survey from a saved file" }).click();
    await page.getByRole("heading", { name: "A survey from a saved file" }).waitFor();
  });

  it("for no column has a date says so, and is imported once one has", async () => {
    const { page } = await openImport();
    await choose(page, "NPS,When,Why\n9,2025-03-14,Good\n");
    await page.getByLabel("Column “When”").selectOption("Leave it out");
    await page.getByText("No column says when the answers were given.").waitFor();
    await page.getByLabel("Column “When”").selectOption("When it was given");
    await press(page, "Check the whole file");
    await page.getByRole("heading", { name: "What the import would do" }).waitFor();
  });
});

it("the import is for those who may write", async () => {
  const survey = await aSurvey();
  const page = await openDashboard({ key: await aKey(survey.id, "comments"), path: `/s/${survey.id}/import` });
  await page.getByRole("heading", { name: "Not with this key" }).waitFor();
  expect(await page.getByRole("link", { name: "Import", exact: true }).count()).toBe(0);
  const writer = await openDashboard({ key: await aKey(survey.id, "write"), path: `/s/${survey.id}` });
  await writer.getByRole("link", { name: "Import", exact: true }).click();
  await writer.getByRole("heading", { name: "Answers from a file" }).waitFor();
});
