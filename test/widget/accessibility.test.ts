import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { aSurvey } from "./collector.ts";
import { faults } from "./faults.ts";
import { card, recommend, satisfied, score, visit } from "./visitor.ts";

const site = await openSite();

/** The lowest contrast of a text on the card or, for a score, on its cell: axe does not see through to either. */
const contrast = (page: Page) =>
  card(page).evaluate((section) => {
    const luminance = (colour: string) => {
      const [r, g, b] = colour
        .match(/[\d.]+/g)!
        .map((each) => Number(each) / 255)
        .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const ratio = (one: string, other: string) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light! + 0.05) / (dark! + 0.05);
    };
    const under = (element: Element) =>
      [element.matches("label span") ? element.previousElementSibling : null, element, section]
        .map((each) => each && getComputedStyle(each).backgroundColor)
        .find((colour) => colour && !/, 0\)$/.test(colour))!;
    const texts = [...section.querySelectorAll(".progress, .title, .ends span, label span, .act")];
    return Math.min(...texts.map((each) => ratio(getComputedStyle(each).color, under(each))));
  });

/** Width and height of the smallest thing to be pressed. */
const smallestTarget = (page: Page) =>
  card(page).evaluate((section) => {
    const sizes = [...section.querySelectorAll("input, button, a, textarea")].map((each) =>
      each.getBoundingClientRect(),
    );
    return Math.min(...sizes.flatMap(({ width, height }) => [width, height]));
  });

/** Nothing may be cut off or need scrolling: all these windows have room. */
const overflows = (page: Page) =>
  card(page).evaluate(
    (section) =>
      section.scrollWidth > section.clientWidth ||
      section.scrollHeight > section.clientHeight ||
      section.getBoundingClientRect().width > innerWidth,
  );

const looks = [
  ["on a desktop", { viewport: { width: 1280, height: 800 } }],
  ["in the dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" as const }],
  ["at 320 pixels", { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ["in forced colours", { viewport: { width: 800, height: 600 }, forcedColors: "active" as const }],
] as const;

describe.each(looks)("%s", (_, options) => {
  test.each(["stars", "faces", "numbers"] as const)("every step with %s is open to everyone", async (csat_style) => {
    const survey = await aSurvey({ csat_style, thanks: { promoter: { url: "https://shop.example/review" } } });
    const { page } = await visit(site, survey, options);
    const check = async () => {
      expect(await faults(page)).toEqual([]);
      expect(await contrast(page)).toBeGreaterThanOrEqual(4.5);
      expect(await smallestTarget(page)).toBeGreaterThanOrEqual(44);
      expect(await overflows(page)).toBe(false);
    };
    await recommend(page).waitFor();
    await check();
    await score(page, 9).click();
    await satisfied(page).waitFor();
    await check();
    await score(page, 5).click();
    await page.getByRole("textbox").waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await satisfied(page).waitFor();
    await check();
    // What is chosen is read under the pointer too.
    await score(page, 5).hover();
    await check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("textbox").fill("Light");
    await check();
    // By key: the pointer still stands where Next was, and a driver is quicker than a person can read.
    await page.getByRole("button", { name: "Send" }).press("Enter");
    await page.getByRole("link", { name: "Leave a review" }).waitFor();
    await check();
  });
});

test("to a screen reader the card is a named region with a group of described radios", async () => {
  const { page } = await visit(site, await aSurvey());
  await expect.poll(() => page.getByRole("status").textContent()).toContain("How likely");
  expect(await page.getByRole("region", { name: "Feedback" }).ariaSnapshot()).toBe(`- region "Feedback":
  - paragraph: Question 1 of 3
  - group "How likely are you to recommend Lumen to a friend or colleague?":
    - text: How likely are you to recommend Lumen to a friend or colleague?
${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((each) => `    - radio "${each}"\n    - text: ${each === 0 ? '"0"' : `"${each}"`}`).join("\n")}
    - paragraph: Not at all likely Extremely likely
  - button "Close"
  - status: Question 1 of 3 How likely are you to recommend Lumen to a friend or colleague?`);
});

test("each step is said, politely, and no focus is taken", async () => {
  const { page } = await visit(site, await aSurvey());
  const status = page.getByRole("status");
  await page.getByRole("button", { name: "Buy" }).focus();
  await expect
    .poll(() => status.textContent())
    .toBe("Question 1 of 3 How likely are you to recommend Lumen to a friend or colleague?");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Buy");
  await score(page, 9).click();
  await expect.poll(() => status.textContent()).toBe("Question 2 of 3");
  await expect.poll(() => satisfied(page).evaluate((group) => group.matches(":focus"))).toBe(true);
});

describe("from right to left", () => {
  test.each([1280, 320])("0 stands at the right and the left arrow key goes up, at %i pixels", async (width) => {
    const { page } = await visit(site, await aSurvey(), {
      name: "plain",
      locale: "ar",
      viewport: { width, height: 700 },
    });
    await page.getByRole("group", { name: "ما مدى احتمال" }).waitFor();
    expect(await card(page).getAttribute("dir")).toBe("rtl");
    const left = (value: number) => score(page, value).evaluate((radio) => radio.getBoundingClientRect().left);
    expect(await left(0)).toBeGreaterThan(await left(5));
    await score(page, 0).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => score(page, 1).isChecked()).toBe(true);
    expect(await faults(page)).toEqual([]);
  });
});

test("nothing moves for those who asked for less motion", async () => {
  const { page } = await visit(site, await aSurvey(), { reducedMotion: "reduce" });
  await recommend(page).waitFor();
  expect(await card(page).evaluate((section) => getComputedStyle(section).animationName)).toBe("none");
});

test("a ring stands around what can be used, and not around a title that is only read", async () => {
  const { page } = await visit(site, await aSurvey());
  await score(page, 0).focus();
  await page.keyboard.press("ArrowRight");
  const ring = (element: Element) => getComputedStyle(element).outlineStyle;
  await page.getByRole("button", { name: "Next" }).waitFor();
  expect(await score(page, 1).evaluate(ring)).toBe("solid");
  await page.keyboard.press("Enter");
  await satisfied(page).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox").waitFor();
  const title = page.locator("vidhuk-survey .title");
  await expect.poll(() => title.evaluate((element) => element.matches(":focus-visible"))).toBe(true);
  expect(await title.evaluate(ring)).not.toBe("solid");
});
