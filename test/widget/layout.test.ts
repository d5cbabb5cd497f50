import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { languages } from "../../shared/languages.ts";
import { openSite } from "../pages/site.ts";
import { aSurvey } from "./collector.ts";
import { card, recommend, score, visit } from "./visitor.ts";

const site = await openSite();

/** What of the card reaches out of it or is cut off: by name, with how far. */
const outside = (page: Page) =>
  card(page).evaluate((section) => {
    const frame = section.getBoundingClientRect();
    const faults = [...section.querySelectorAll("input, button, a, textarea, span, legend, .title, [role=status]")]
      .filter((each) => {
        const { left, right, top } = each.getBoundingClientRect();
        return (
          left < frame.left - 0.5 ||
          right > frame.right + 0.5 ||
          top < frame.top - 0.5 ||
          (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
        );
      })
      .map((each) => each.textContent || each.className);
    return section.scrollWidth > section.clientWidth ? ["the card scrolls sideways", ...faults] : faults;
  });

const fonts = { wide: "monospace", narrow: "'Liberation Sans Narrow', 'DejaVu Sans Condensed', sans-serif" };
const long = "W".repeat(120);

describe.each(languages)("in %s at 320 pixels", (locale) => {
  test.each(["wide", "narrow"] as const)("each step fits into the card with a %s font", async (font) => {
    const survey = await aSurvey({ csat_style: "numbers" });
    const { page } = await visit(site, survey, { name: "plain", locale, viewport: { width: 320, height: 640 } });
    await page.evaluate((family) => {
      document.documentElement.style.setProperty("--vidhuk-font", family);
    }, fonts[font]);
    await score(page, 9).waitFor();
    expect(await outside(page)).toEqual([]);
    await score(page, 9).press("Enter");
    await score(page, 6).waitFor({ state: "detached" });
    expect(await outside(page)).toEqual([]);
    await score(page, 4).press("Enter");
    await page.getByRole("textbox").waitFor();
    expect(await outside(page)).toEqual([]);
    await page.getByRole("textbox").press("Control+Enter");
    await page.getByRole("textbox").waitFor({ state: "detached" });
    expect(await outside(page)).toEqual([]);
  });
});

test("a word as long as a text may be is broken, in the brand and in the owner's texts", async () => {
  const texts = {
    nps_low: long,
    nps_high: long,
    csat_question: long,
    back: long,
    skip: long,
    send: long,
    comment_promoter: long,
  };
  const survey = await aSurvey({ brand: long, texts: { en: texts } });
  const { page } = await visit(site, survey, { name: "plain", viewport: { width: 320, height: 900 } });
  await score(page, 9).waitFor();
  expect(await outside(page)).toEqual([]);
  await score(page, 9).press("Enter");
  await score(page, 6).waitFor({ state: "detached" });
  expect(await outside(page)).toEqual([]);
  await score(page, 4).press("Enter");
  await page.getByRole("textbox").waitFor();
  expect(await outside(page)).toEqual([]);
});

test("a brand of a few words stays on one line", async () => {
  const { page } = await visit(site, await aSurvey({ brand: "Fox & Honey" }), { name: "plain" });
  await recommend(page).waitFor();
  const lines = (width: number) =>
    card(page).evaluate((section, width) => {
      section.style.width = `${width}px`;
      const { firstChild } = section.querySelector("legend")!;
      const at = firstChild!.textContent!.indexOf("Fox");
      const range = document.createRange();
      range.setStart(firstChild!, at);
      range.setEnd(firstChild!, at + "Fox & Honey".length);
      return range.getClientRects().length;
    }, width);
  for (let width = 320; width <= 534; width += 7) expect(await lines(width), `${width} px`).toBe(1);
});

test.each([
  [1280, 1],
  [390, 2],
  [320, 2],
])("the scores at %i pixels fill %i rows without a hole", async (width, rows) => {
  const { page } = await visit(site, await aSurvey(), { name: "plain", viewport: { width, height: 700 } });
  await recommend(page).waitFor();
  const cells = await card(page).evaluate((section) =>
    [...section.querySelectorAll("input")].map((each) => each.getBoundingClientRect().toJSON() as DOMRect),
  );
  const tops = [...new Set(cells.map(({ top }) => top))];
  expect(tops).toHaveLength(rows);
  const ends = tops
    .map((top) => cells.filter((cell) => cell.top === top))
    .map((row) => [row[0]!.left, row.at(-1)!.right]);
  for (const [left, right] of ends) {
    expect(left).toBeCloseTo(ends[0]![0]!, 0);
    expect(right).toBeCloseTo(ends[0]![1]!, 0);
  }
  for (const cell of cells) expect(cell.width).toBeGreaterThanOrEqual(44);
});

test("in a place of the page the close button and what is announced belong to the card", async () => {
  const { page } = await visit(site, await aSurvey(), { name: "inline" });
  await recommend(page).waitFor();
  expect(await outside(page)).toEqual([]);
  const offset = (selector: string) =>
    card(page).evaluate((section, selector) => {
      const frame = section.getBoundingClientRect();
      const { right, top } = section.querySelector(selector)!.getBoundingClientRect();
      return [frame.right - right, top - frame.top];
    }, selector);
  expect(Math.max(...(await offset(".close")))).toBeLessThanOrEqual(12);
  expect(Math.max(...(await offset("[role=status]")))).toBeLessThanOrEqual(12);
});

test.each(["en", "uk"])(
  "at four times the size, in %s, every score and the close button are in sight",
  async (locale) => {
    const { page } = await visit(site, await aSurvey(), {
      name: "plain",
      locale,
      viewport: { width: 320, height: 256 },
    });
    await score(page, 9).waitFor();
    const hidden = () =>
      card(page).evaluate((section) => {
        const animations = section.getAnimations();
        for (const each of animations) each.finish();
        return [...section.querySelectorAll("input, .close")]
          .filter((each) => {
            const { top, bottom } = each.getBoundingClientRect();
            return top < 0 || bottom > innerHeight;
          })
          .map((each) => each.ariaLabel);
      });
    expect(await hidden()).toEqual([]);
    await score(page, 9).press("Enter");
    await score(page, 6).waitFor({ state: "detached" });
    await score(page, 4).press("Enter");
    await page.getByRole("textbox").waitFor();
    await card(page).evaluate((section) => section.scrollTo(0, section.scrollHeight));
    expect(
      await page.locator("vidhuk-survey .close").evaluate((each) => each.getBoundingClientRect().top),
    ).toBeGreaterThanOrEqual(0);
  },
);

test("the thanks take the width that there is", async () => {
  const { page } = await visit(site, await aSurvey({ questions: ["nps"] }), {
    name: "plain",
    locale: "uk",
    viewport: { width: 390, height: 700 },
  });
  await score(page, 8).press("Enter");
  const title = page.locator("vidhuk-survey p.title");
  await title.waitFor();
  const { lines, needed } = await title.evaluate((element) => {
    const height = element.clientHeight;
    const line = Number.parseFloat(getComputedStyle(element).lineHeight);
    element.style.textWrap = "wrap";
    return { lines: Math.round(height / line), needed: Math.round(element.clientHeight / line) };
  });
  expect(lines).toBe(needed);
  const widest = await title.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Math.max(...[...range.getClientRects()].map(({ width }) => width)) / (element.clientWidth - 44);
  });
  expect(widest).toBeGreaterThan(0.75);
});

test.each([
  ["over the page is not printed", "plain", false],
  ["in its place in the page is", "inline", true],
])("a survey %s", async (_, name, printed) => {
  const { page } = await visit(site, await aSurvey(), { name });
  await recommend(page).waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await card(page).isVisible()).toBe(printed);
});
