import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Survey } from "../../shared/schema/survey.ts";
import { answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

let survey: Survey;

beforeAll(async () => {
  survey = await aSurvey({ segments: ["plan"], targets: { nps: 50, csat: null } });
  for (const nps of [10, 9, 9, 8, 3]) await answer(survey.id, { nps, csat: 4, properties: { plan: "pro" } });
  await answer(survey.id, { nps: 0, comment: "سيء جدًا <b>bold</b>", properties: { plan: "free" } });
});

const figure = (page: Page, name: string) =>
  page.getByRole("figure").filter({ has: page.getByRole("heading", { name }) });

describe("the overview", () => {
  it("shows both scores with how sure they are, and says what moved", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const nps = figure(page, "Recommendation (NPS)");
    await nps.getByText("17", { exact: true }).first().waitFor();
    await nps.getByText("from 6 answers").waitFor();
    await nps.getByText(/^Most likely between −\d+ and \d+/).waitFor();
    await nps.getByText("few answers: a hint only").waitFor();
    await nps.getByText(/^Nothing to compare with/).waitFor();
    await nps.getByText("33.3 points below the target of 50").waitFor();
    const csat = figure(page, "Satisfaction (CSAT)");
    await csat.getByText("100 %", { exact: true }).first().waitFor();
    await csat.getByText("Mean score 4.00 of 5").waitFor();
  });

  it.each([
    ["a desktop's first screen", { width: 1280, height: 800 }, 800],
    ["a phone's first two", { width: 390, height: 844 }, 2 * 844],
  ])(
    "says on %s what the score is, whether it changed and why, with the words one tap away",
    async (_, viewport, within) => {
      const talked = await aSurvey({
        segments: ["plan"],
        topics: [{ name: "Delivery", stems: ["deliver"] }],
        targets: { nps: 50, csat: null },
      });
      for (let at = 0; at < 31; at++) {
        await answer(talked.id, { nps: 10, csat: 5, properties: { plan: "pro" } });
        await answer(talked.id, { nps: 0, comment: "Delivery was late", properties: { plan: "free" } });
      }
      await answer(talked.id, { nps: 9, properties: { plan: "trial" } });
      const page = await openDashboard({ path: `/s/${talked.id}`, viewport });
      const why = page.getByRole("region", { name: "Why: what moves the NPS" });
      const topic = why.getByRole("listitem").filter({ hasText: "Delivery" });
      await topic.getByText("−98.4").waitFor();
      await why.getByRole("link", { name: "free plan" }).waitFor();
      const change = figure(page, "Recommendation (NPS)").getByText(/^Nothing to compare with/);
      for (const shown of [change, topic, why.getByRole("listitem").last()]) {
        const { y, height } = (await shown.boundingBox())!;
        expect(y + height).toBeLessThanOrEqual(within);
      }
      // One answer among many is no reason, and where it is drawn it is drawn as a hint.
      const chart = figure(page, "NPS by plan");
      await chart.getByText("Grey: fewer than 30 answers, a hint only.").waitFor();
      await expect.poll(() => chart.locator("g.faint").allTextContents()).toEqual(["trial1001"]);
      // A survey of today fills its trend: a week, and not 90 days of nobody.
      expect(await figure(page, "NPS over time").getByRole("slider").getAttribute("max")).toBe("6");
      await figure(page, "NPS over time").locator("svg").getByText("Target: 50").waitFor();
      await topic.getByRole("link").click();
      await page.getByText("Delivery was late").first().waitFor();
      expect(page.url()).toContain("topic=Delivery");
    },
  );

  it("moves within two seconds of a tap, without a reload", async () => {
    const fresh = await aSurvey({ questions: ["nps"] });
    await answer(fresh.id, { nps: 10 });
    const page = await openDashboard({ path: `/s/${fresh.id}` });
    const nps = figure(page, "Recommendation (NPS)");
    await nps.getByText("100", { exact: true }).first().waitFor();
    await page.evaluate(() => Object.assign(globalThis, { same: true }));
    await answer(fresh.id, { nps: 0 });
    await nps.getByText("from 2 answers").waitFor({ timeout: 2000 });
    expect(await page.evaluate(() => (globalThis as { same?: boolean }).same)).toBe(true);
  });

  it("says how many of the unhappy were answered and how soon, and nothing of it where nobody is unhappy", async () => {
    const survey = await aSurvey();
    await answer(survey.id, { nps: 10 });
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const fact = (name: string) => page.locator(".facts > div").filter({ hasText: name });
    await fact("Responses").waitFor();
    expect(await fact("Unhappy answered").count()).toBe(0);
    const ids = [await answer(survey.id, { nps: 3 }), await answer(survey.id, { csat: 1 })];
    await expect.poll(() => fact("Unhappy answered").locator("dd").textContent()).toBe("0 of 2");
    await ask("PATCH", `/v1/surveys/${survey.id}/responses/${ids[0]}`, { answered: true });
    await expect
      .poll(() => fact("Unhappy answered").locator("dd").textContent())
      .toBe("1 of 2half within 1 hr, 100 % within 24 hours");
  });

  it("has all of its state in the address", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await page.getByLabel("Period").selectOption("Last 30 days");
    await page.getByLabel("Compare with").selectOption("Year before");
    await page.getByLabel("Only").selectOption("plan");
    await page.getByLabel("plan", { exact: true }).fill("free");
    await page.keyboard.press("Enter");
    await figure(page, "Recommendation (NPS)").getByText("−100", { exact: true }).first().waitFor();
    const other = await openDashboard({ path: page.url().split("#")[1] ?? "" });
    await figure(other, "Recommendation (NPS)").getByText("−100", { exact: true }).first().waitFor();
    expect(await other.getByLabel("Period").inputValue()).toBe("30d");
    expect(await other.getByLabel("plan", { exact: true }).inputValue()).toBe("free");
  });

  it("narrows to any value that is typed, though only the largest fifty are suggested", async () => {
    const many = await aSurvey({ segments: ["shop", "device"], questions: ["nps"] });
    await answer(many.id, { nps: 0, properties: { shop: "a: rare one" } });
    for (let at = 0; at < 51; at++)
      for (const nps of [10, 10]) await answer(many.id, { nps, properties: { shop: `shop ${at}` } });
    const page = await openDashboard({ path: `/s/${many.id}` });
    await page.getByLabel("Only").selectOption("shop");
    const field = page.getByLabel("shop", { exact: true });
    await expect.poll(() => page.locator("datalist option").count()).toBe(50);
    await figure(page, "Recommendation (NPS)").getByText("from 103 answers").waitFor();
    expect(await page.locator("datalist option[value='a: rare one']").count()).toBe(0);
    await field.fill(" a: rare one ");
    await field.press("Enter");
    await figure(page, "Recommendation (NPS)").getByText("−100", { exact: true }).first().waitFor();
    expect(await field.inputValue()).toBe("a: rare one");
    await field.fill("shop 7");
    await field.press("Tab");
    await figure(page, "Recommendation (NPS)").getByText("100", { exact: true }).first().waitFor();
    expect(decodeURIComponent(page.url())).toContain("where=shop:shop+7");
    await field.fill("no such shop");
    await field.press("Enter");
    await page.getByText("There may be responses on other days, or without the filter.").waitFor();
    await field.fill("");
    await field.press("Enter");
    await figure(page, "Recommendation (NPS)").getByText("from 103 answers").waitFor();
    await page.getByLabel("Only").selectOption("Device");
    await page.getByLabel("Device", { exact: true }).selectOption("Phone");
    await page.getByRole("heading", { name: "No responses in this period" }).waitFor();
  });

  it("narrowed to a segment shows its topics, its newest words, and leads to exactly those", async () => {
    const own = await aSurvey({ segments: ["shop"], topics: [{ name: "Delivery", stems: ["deliver"] }] });
    for (const shop of ["Lviv", "Kyiv"])
      await answer(own.id, { nps: 0, comment: `late delivery in ${shop}`, properties: { shop } });
    const page = await openDashboard({ path: `/s/${own.id}?where=shop:Lviv` });
    const link = figure(page, "What people write about").getByRole("link", { name: "Delivery (1)" });
    await link.waitFor();
    await page.getByText("late delivery in Lviv").waitFor();
    expect(await page.getByText("late delivery in Kyiv").count()).toBe(0);
    await link.click();
    await page.getByRole("button", { name: "shop: Lviv" }).waitFor();
    await expect.poll(() => page.getByRole("blockquote").allTextContents()).toEqual(["late delivery in Lviv"]);
  });

  it("has a table under each chart that says the same", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const chart = figure(page, "How likely to recommend: 0 to 10");
    await chart.getByText("As a table").click();
    await expect
      .poll(() => chart.getByRole("row").allTextContents())
      .toEqual(["ScoreAnswers", "01", "10", "20", "31", "40", "50", "60", "70", "81", "92", "101"]);
    await openTables(page);
    const figures = await page.getByRole("figure").count();
    await expect.poll(() => page.getByRole("figure").getByRole("table").count()).toBe(figures);
  });

  it("has a trend that is read point by point with the arrow keys", async () => {
    const own = await aSurvey({ questions: ["nps"] });
    for (const nps of [10, 0]) await answer(own.id, { nps });
    const page = await openDashboard({ path: `/s/${own.id}?period=7d&rolling=0` });
    const trend = figure(page, "NPS over time");
    const slider = trend.getByRole("slider", { name: "NPS over time: read point by point" });
    await slider.focus();
    const readout = trend.locator(".readout");
    const newest = await readout.textContent();
    expect(newest).toMatch(/: 0\. Most likely between .* from 2 answers$/);
    expect(await slider.getAttribute("aria-valuetext")).toBe(newest);
    await page.keyboard.press("ArrowLeft");
    await readout.getByText("nobody answered").waitFor();
    expect(await slider.getAttribute("aria-valuetext")).toBe(await readout.textContent());
    await page.keyboard.press("Home");
    const oldest = await readout.textContent();
    expect(oldest).not.toBe(newest);
    await page.keyboard.press("ArrowLeft");
    expect(await readout.textContent()).toBe(oldest);
    await page.keyboard.press("End");
    await expect.poll(() => readout.textContent()).toBe(newest);
    // What comes meanwhile does not move the reader.
    await page.keyboard.press("Home");
    await answer(own.id, { nps: 9 });
    await figure(page, "Recommendation (NPS)").getByText("from 3 answers").waitFor();
    expect(await readout.textContent()).toBe(oldest);
    await page.keyboard.press("Tab");
    await readout.getByText("The band is where the score most likely lies.").waitFor();
  });

  it("has a trend that a finger reads, and that stays readable when it is lifted", async () => {
    const fresh = await aSurvey({ questions: ["nps"] });
    await answer(fresh.id, { nps: 10 });
    const path = `/s/${fresh.id}?period=7d&rolling=0`;
    const page = await openDashboard({ path, hasTouch: true, viewport: { width: 390, height: 844 } });
    const trend = figure(page, "NPS over time");
    await trend.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await trend.locator(".trend svg").boundingBox())!;
    await page.touchscreen.tap(x + width - 20, y + height / 2);
    await trend.locator(".readout").getByText(": 100.").waitFor();
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    await trend.locator(".readout").getByText("nobody answered").waitFor();
  });

  it("puts first the segment that pulls the score most", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const chart = figure(page, "NPS by plan");
    await chart.getByText("As a table").click();
    await expect.poll(() => chart.getByRole("row").nth(1).textContent()).toMatch(/^(pro|free)/);
    await expect.poll(() => chart.getByRole("row").count()).toBeGreaterThanOrEqual(3);
  });

  it.each(["en", "uk", "ru"])("shows the score early and its title whole in %s, at any width", async (locale) => {
    const page = await openDashboard({ path: `/s/${survey.id}`, locale });
    const cards = page.locator(".card h2");
    for (const [width, within] of [
      [320, 310],
      [390, 310],
      [768, 280],
      [1280, 240],
      [1920, 240],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      const lines = () =>
        cards.evaluateAll((all) =>
          all.map((each) => Math.round(each.clientHeight / Number.parseFloat(getComputedStyle(each).lineHeight))),
        );
      await expect.poll(lines, { message: `${width}` }).toEqual([1, 1, 1]);
      const top = async () => (await page.locator(".card .score").first().boundingBox())!.y;
      await expect.poll(top, { message: `${width}` }).toBeLessThan(within);
    }
  });

  it.each(["en", "uk", "ru"])(
    "keeps the fields above the scores apart on a phone, whatever is chosen, in %s",
    async (locale) => {
      const path = `/s/${survey.id}?from=2026-09-01&to=2026-11-30&where=plan:pro`;
      const page = await openDashboard({ path, locale, viewport: { width: 320, height: 640 } });
      await page.locator(".toolbar input[list]").waitFor();
      const overlaps = () =>
        page.locator(".toolbar :is(select, input)").evaluateAll((fields) => {
          const boxes = fields.map((field) => field.getBoundingClientRect());
          const meet = (a: DOMRect, b: DOMRect) =>
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          return boxes.flatMap((box, at) => boxes.slice(at + 1).filter((other) => meet(box, other))).length;
        });
      for (const width of [320, 360, 390, 480]) {
        await page.setViewportSize({ width, height: 640 });
        await expect.poll(overlaps, { message: `${width}` }).toBe(0);
      }
      const [from, to] = await page.locator(".toolbar input[type=date]").all();
      expect((await from!.boundingBox())!.y).toBe((await to!.boundingBox())!.y);
    },
  );

  it("fills the reasons' card, also where two cards stand beside each other", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}`, viewport: { width: 768, height: 1024 } });
    const reasons = page.getByRole("region", { name: "Why: what moves the NPS" });
    await reasons.getByRole("listitem").first().waitFor();
    const empty = () =>
      reasons.evaluate(
        (card) => card.getBoundingClientRect().bottom - card.lastElementChild!.getBoundingClientRect().bottom,
      );
    await expect.poll(empty).toBeLessThan(40);
    // The scores still come first.
    const [nps, csat, why] = await Promise.all(
      [figure(page, "Recommendation (NPS)"), figure(page, "Satisfaction (CSAT)"), reasons].map((each) =>
        each.boundingBox(),
      ),
    );
    expect([nps!.y, why!.y > csat!.y]).toEqual([csat!.y, true]);
  });

  it.each([
    ["CSV", ".csv", /^\ufeffFrom,To,"NPS \(points\)",/],
    ["SVG", ".svg", /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*NPS over time.*>Lumen<.*fill="rgb/s],
    ["PNG", ".png", /^.PNG/],
  ])("gives a chart away as %s", async (format, ending, content) => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const chart = figure(page, "NPS over time");
    await chart.getByText("Download", { exact: false }).first().click();
    const saved = page.waitForEvent("download");
    await chart.getByRole("button", { name: format }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^lumen-nps-over-time-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.\w+$/);
    expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    expect(
      await readFile(await download.path(), "latin1").then((text) =>
        format === "CSV" ? Buffer.from(text, "latin1").toString() : text,
      ),
    ).toMatch(content);
  });

  it("gives all its figures away in one file: the whole time, then its parts; and the answers that they count", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}?period=7d&where=plan:pro`, locale: "uk" });
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Зберегти показники для Excel (CSV)" }).click();
    const text = await readFile(await (await saved).path(), "utf8");
    const [names = [], whole = [], ...parts] = text
      .trim()
      .split("\r\n")
      .map((line) => line.split(";"));
    expect(new Set(names).size).toBe(names.length);
    // Four of five promote, one detracts; five of five are satisfied.
    expect([whole[2], whole[5], whole[6], whole[9]]).toEqual(["40", "5", "100", "5"]);
    expect(parts).toHaveLength(7);
    expect(parts.map((cells) => Number(cells[5])).reduce((sum, n) => sum + n)).toBe(5);

    const answers = page.waitForEvent("download");
    await page.getByRole("button", { name: "Зберегти відповіді для Excel (CSV)" }).click();
    const rows = (await readFile(await (await answers).path(), "utf8")).trim().split("\r\n").slice(1);
    expect(rows).toHaveLength(5);
  });

  it("names in each picture its survey, its days and whose answers, and in a card's the score with its sentences", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}?where=plan:pro&compare=none` });
    await figure(page, "Recommendation (NPS)").getByText("from 5 answers").waitFor();
    for (const chart of await page.getByRole("figure").all()) {
      const title = (await chart.getByRole("heading").textContent()) ?? "";
      await chart.getByText("Download", { exact: false }).first().click();
      const saved = page.waitForEvent("download");
      await chart.getByRole("button", { name: "SVG" }).click();
      const text = await readFile(await (await saved).path(), "utf8");
      const said = [...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = ""]) => words);
      const days = /^\d+ \w+ \d{4} – \d+ \w+ \d{4}$|^\w+ \d+, \d{4} – \w+ \d+, \d{4}$/;
      expect([title, said.slice(0, 2), days.test(said[2] ?? ""), said[3]]).toEqual([
        title,
        [title, "Lumen"],
        true,
        "plan: pro",
      ]);
      if (title === "Recommendation (NPS)")
        expect(said.slice(4).join(" ")).toMatch(/^40 from 5 answers\. Most likely between .* below the target of 50/);
      if (title === "Satisfaction (CSAT)") expect(said[4]).toBe("100 %");
    }
  });

  it("says in the headings of every table in what its figures are", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await openTables(page);
    const headings = async () => await page.getByRole("columnheader").allTextContents();
    const withoutUnit = (each: string) => /score|low|high|mean|%/i.test(each) && !/\((points|%)\)$/.test(each);
    // Only the scores that were given have none: of each question one table counts them.
    await expect.poll(async () => (await headings()).filter(withoutUnit)).toEqual(["Score", "Score"]);
    const card = await figure(page, "Recommendation (NPS)").getByRole("row").allTextContents();
    expect(card.slice(-3).every((row) => row.endsWith("points"))).toBe(true);
    expect(card.slice(1, -3).every((row) => row.endsWith("%"))).toBe(true);
  });

  it("fits on one printed page", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await figure(page, "NPS by plan").waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(1);
  });

  it("keeps the last figures in sight when the network goes, and renews them when it is back", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await figure(page, "Recommendation (NPS)").waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Period").selectOption("Last 7 days");
    await page.getByText("No connection: these are the last figures that came.").waitFor();
    await figure(page, "Recommendation (NPS)").waitFor();
    await page.context().setOffline(false);
    await page.getByText("No connection: these are the last figures that came.").waitFor({ state: "detached" });
  });

  it("shows a comment as text whatever is in it", async () => {
    const page = await openDashboard({ path: `/s/${survey.id}` });
    const comment = page.getByText("سيء جدًا <b>bold</b>");
    await comment.waitFor();
    expect(await comment.evaluate((element) => [element.children.length, getComputedStyle(element).direction])).toEqual(
      [0, "rtl"],
    );
  });
});

/** Opens the table under every figure, once all figures are drawn: they come with different replies. */
async function openTables(page: Page): Promise<void> {
  for (const name of ["NPS over time", "NPS by plan", "How likely to recommend: 0 to 10", "How satisfied: 1 to 5"])
    await figure(page, name).waitFor();
  for (const each of await page.getByText("As a table").all()) if (!(await each.evaluate(isOpen))) await each.click();
}

function isOpen(summary: Element): boolean {
  return (summary.parentElement as HTMLDetailsElement).open;
}
