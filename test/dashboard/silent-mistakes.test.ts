/** What a person sets and surely does not mean is said before it is saved, and what is refused is said in their words. */
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ruleOf } from "../../dashboard/i18n/error-messages.ts";
import { uk as settingsUk } from "../../dashboard/strings/settings/uk.ts";
import { uk as pageUk } from "../../dashboard/strings/uk.ts";
import { placeOf } from "../../dashboard/views/settings/field-text.ts";
import { canMatch } from "../../dashboard/views/settings/url-patterns.ts";
import { covers } from "../../shared/pages/url-pattern.ts";
import type { SurveySettingsInput } from "../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { fieldsOf } from "../../shared/settings-fields.ts";
import { aSurvey, openDashboard, openFolds } from "./support/dashboard.ts";

const allFields = [...fieldsOf(surveySettingsSchema.parse({ name: "x", texts: { en: { send: "x" } } })).keys()];

it("every field of the settings has a name and a place on the page", () => {
  expect(allFields.filter((field) => placeOf(field) === undefined)).toEqual([]);
});

type Case = [what: string, section: string, act: (within: Locator) => Promise<unknown>, says: RegExp];
const write = (label: string, text: string) => (within: Locator) =>
  within.getByLabel(label, { exact: true }).fill(text);

const warned: Case[] = [
  ["an end in the past", "questions", write("Asked until", "2020-01-01T10:00"), /This end has passed/],
  ["0 percent", "audience", write("Percent of visitors asked", "0"), /nobody will ever be asked/],
  ["an emptied percentage", "audience", write("Percent of visitors asked", ""), /Write a number/],
  ["emptied seconds", "audience", write("Seconds", ""), /Write a number/],
  [
    "a pattern no address fits",
    "audience",
    write("Only on these pages", "article\n/a*\nshop.example/*"),
    /can be article or shop\.example\/\*\./,
  ],
  ["an exclusion no address fits", "audience", write("Never on these pages", "^/cart(.*)$"), /can be \^\/cart/],
  ["an unknown word", "texts", write("Button: send", "Send to {brnd}"), /will read \{brnd\}/],
  ["a name too long", "questions", write("Name of the survey", "x".repeat(125)), /5 characters too many/],
  ["a name nearly too long", "questions", write("Name of the survey", "x".repeat(118)), /2 characters left/],
];

it("what is surely not meant is said before it is saved", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/questions` });
  const within = page.locator("section.settings-section");
  for (const [what, section, act, says] of warned) {
    await page.goto(page.url().replace(/settings\/.*/, `settings/${section}`));
    await page.locator(`.sections a[aria-current][href$="/${section}"]`).waitFor();
    await openFolds(page);
    await act(within);
    await expect.poll(() => within.getByText(says).count(), { message: what }).toBe(1);
    await page.getByRole("button", { name: "Discard" }).click();
  }
  await page.goto(page.url().replace(/settings\/.*/, "settings/audience"));
  await within.getByLabel("Appears").selectOption("click");
  await within.getByLabel("CSS selector").fill("h1[[");
  await within.getByText("This is not a CSS selector").waitFor();
  await within.getByLabel("CSS selector").fill("h1");
  await expect.poll(() => within.getByText("This is not a CSS selector").count()).toBe(0);
});

const uk = { ...pageUk, ...settingsUk };
const inUkrainian = (key: keyof typeof uk) => uk[key] as string;

const refused: Case[] = [
  ["an empty name", "questions", write(inUkrainian("name"), ""), /Напишіть тут щось, щонайбільше 120 символів\./],
  ["a long name", "questions", write(inUkrainian("brand"), "x".repeat(121)), /Напишіть щонайбільше 120 символів\./],
  ["150 percent", "audience", write(inUkrainian("sample"), "150"), /Впишіть відсоток від 0 до 100\./],
  ["emptied seconds", "audience", write(inUkrainian("seconds"), ""), /Впишіть кількість секунд від 0 до 3\s?600\./],
  [
    "days past ten years",
    "audience",
    write(inUkrainian("after_answer"), "99999"),
    /цілу кількість днів від 0 до 3\s?650\./,
  ],
  ["a bare host", "audience", write(inUkrainian("origins"), "https://a.example\nb"), /Рядок 2: Впишіть адреси сайтів/],
  ["a topic without words", "figures", write(inUkrainian("topics"), "Delivery"), /Рядок 1: Впишіть назву, двокрапку/],
  ["an old zone", "figures", write(inUkrainian("timezone"), "Kiev"), /Виберіть часовий пояс зі списку/],
  ["3 days", "privacy", write(inUkrainian("retention"), "3"), /Впишіть цілу кількість днів від 9 до/],
];

it("what is refused is said in the reader's language, by the field's name, beside it", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/questions`, locale: "uk" });
  const within = page.locator("section.settings-section");
  for (const [what, section, act, says] of refused) {
    await page.goto(page.url().replace(/settings\/.*/, `settings/${section}`));
    await page.locator(`.sections a[aria-current][href$="/${section}"]`).waitFor();
    await openFolds(page);
    await act(within);
    await page.getByRole("button", { name: inUkrainian("save"), exact: true }).click();
    await expect.poll(() => within.getByText(says).count(), { message: what }).toBe(1);
    await expect.poll(() => page.locator(":focus[aria-invalid=true]").count(), { message: what }).toBe(1);
    const bar = (await page.locator(".save-bar").textContent()) ?? "";
    expect(bar, what).toContain(inUkrainian("refused_invalid"));
    expect(bar, what).not.toMatch(/\/\w|must|expected|too small/);
    await page.getByRole("button", { name: inUkrainian("discard") }).click();
  }
});

it("an address can be tried against the lists", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/audience` });
  await page.getByLabel("Only on these pages").fill("/article*");
  await page.getByLabel("Try an address").fill("https://shop.example/article/7?x=1");
  await page.getByText("Yes: the survey can appear on this page.").waitFor();
  await page.getByLabel("Try an address").fill("shop.example/cart");
  await page.getByText("No: the survey does not appear on this page.").waitFor();
  await page.getByLabel("Try an address").fill("not an address");
  await page.getByText("This is not the address of a web page.").waitFor();
});

it("a survey says why nobody is asked", async () => {
  const states: [Partial<SurveySettingsInput>, string][] = [
    [{ paused: true }, "paused"],
    [{ ends_at: "2020-01-01T00:00:00Z" }, "ended"],
    [{ starts_at: "2100-01-01T00:00:00Z" }, "not started"],
    [{ sample: 0 }, "nobody can be asked"],
    [{ targeting: { include: ["shop.example/*"] } }, "nobody can be asked"],
  ];
  const page = await openDashboard();
  for (const [settings, says] of states) {
    const name = crypto.randomUUID();
    const { id } = await aSurvey({ name, ...settings });
    await page.goto(`${page.url().split("#")[0]}#/s/${id}`);
    await page.locator(".survey-name", { hasText: name }).getByText(says).waitFor();
  }
});

describe("a pattern of addresses", () => {
  it.each(["/", "/article*", "*article*", "https://shop.example/*", "http*", "h*", "https://shop.example/a", "*"])(
    "%s can be that of a page",
    (pattern) => expect(canMatch(pattern)).toBe(true),
  );

  it.each([
    "article",
    "shop.example/*",
    "^/cart(.*)$",
    "https://[bad",
    "https://shop.example",
    "https://Shop.example/",
    "/search?q=*",
    "/a#b",
    "/статті/*",
    "/a b",
    "ftp://x/*",
  ])("%s can be that of none", (pattern) => {
    expect(canMatch(pattern)).toBe(false);
    for (const page of ["https://shop.example/", "https://shop.example/cart", "http://shop.example/article/a%20b"])
      expect(covers(pattern, page)).toBe(false);
  });
});

it("no rule speaks in pointers", () => {
  for (const field of allFields) expect(ruleOf(`${field}/0`)).not.toContain(field);
});
