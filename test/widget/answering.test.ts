import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { aSurvey, commentsOf, metricsOf } from "./collector.ts";
import { card, expectVerdict, kept, pending, recommend, satisfied, score, visit } from "./visitor.ts";

const site = await openSite();
const distribution = async (survey: string) => (await metricsOf(survey)).nps?.distribution ?? [];

describe("the keyboard", () => {
  test("arrow keys only move; Enter answers what they came to", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await score(page, 0).focus();
    for (let step = 0; step < 7; step++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => score(page, 7).isChecked()).toBe(true);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => score(page, 6).isChecked()).toBe(true);
    expect(await pending(page)).toEqual([]);
    expect(await distribution(survey)).toEqual([]);
    await page.keyboard.press("Enter");
    await satisfied(page).waitFor();
    await expect.poll(() => distribution(survey)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  test("Space answers, and the whole survey can be gone through without a pointer", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await recommend(page).waitFor();
    await score(page, 0).focus();
    await page.keyboard.press("Space");
    await satisfied(page).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName))
      .toBe("FIELDSET");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText("What went wrong").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Cold light");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Thank you for being frank").first().waitFor();
    await expect.poll(async () => (await commentsOf(survey))[0]?.comment).toBe("Cold light");
    expect((await metricsOf(survey)).csat?.distribution).toEqual([0, 1, 0, 0, 0]);
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
  });

  /** A score that the arrow keys came to, and that nobody has confirmed. */
  async function mark(page: Page) {
    await score(page, 0).focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Next" }).waitFor();
    expect(await score(page, 3).evaluate((radio) => radio.matches(":focus:checked"))).toBe(true);
    expect(await pending(page)).toEqual([]);
  }

  test.each<[string, (page: Page) => Promise<unknown>]>([
    ["Enter", (page) => page.keyboard.press("Enter")],
    ["Space", (page) => page.keyboard.press("Space")],
    ["the button Next", (page) => page.getByRole("button", { name: "Next" }).press("Enter")],
  ])("a score that arrow keys came to is answered by %s", async (_, act) => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await mark(page);
    await act(page);
    await satisfied(page).waitFor();
    await expect.poll(() => distribution(survey)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test.each<[string, (page: Page) => Promise<unknown>]>([
    ["Escape", (page) => page.keyboard.press("Escape")],
    ["the close button", (page) => page.getByRole("button", { name: "Close" }).press("Enter")],
    ["the page", (page) => page.evaluate("vidhuk('close')")],
    ["another page", (page) => page.goto("about:blank")],
    ["going on with the page itself", (page) => page.getByRole("button", { name: "Buy" }).focus()],
  ])("a score that arrow keys came to counts where the survey is left by %s", async (_, leave) => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await mark(page);
    await leave(page);
    await expect.poll(() => distribution(survey)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("a score that arrow keys came to counts where the visitor goes back from it", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await mark(page);
    await page.keyboard.press("Enter");
    await satisfied(page).waitFor();
    await score(page, 1).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Next" }).waitFor();
    expect(await page.getByRole("button", { name: "Skip" }).count()).toBe(0);
    await page.getByRole("button", { name: "Back" }).press("Enter");
    await recommend(page).waitFor();
    await expect.poll(async () => (await metricsOf(survey)).csat?.distribution).toEqual([0, 1, 0, 0, 0]);
    await page.getByRole("button", { name: "Next" }).press("Enter");
    await satisfied(page).waitFor();
    expect(await score(page, 2).isChecked()).toBe(true);
  });

  test("Escape closes only from inside, and gives the focus back to where it was", async () => {
    const { page } = await visit(site, await aSurvey());
    await recommend(page).waitFor();
    const link = page.getByRole("button", { name: "Buy" });
    await link.focus();
    await page.keyboard.press("Escape");
    expect(await card(page).isVisible()).toBe(true);
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("VIDHUK-SURVEY");
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test("what is typed into a comment sets off no shortcut of the page", async () => {
    const { page } = await visit(site, await aSurvey({ questions: ["comment"] }));
    await page.evaluate(() => {
      for (const type of ["keydown", "keyup", "keypress"])
        document.addEventListener(type, () => document.body.append("shortcut"));
    });
    await page.getByRole("textbox").fill("");
    await page.getByRole("textbox").press("s");
    expect(await page.getByText("shortcut").count()).toBe(0);
  });
});

describe("words typed and not sent", () => {
  const field = (page: Page) => page.getByRole("textbox");
  const typed = (page: Page) =>
    page.evaluate(() => Object.entries(sessionStorage).filter(([name]) => /\/srv_/.test(name)));

  async function type(settings: Parameters<typeof aSurvey>[0] = {}, prepare?: (page: Page) => Promise<unknown>) {
    const survey = await aSurvey({ questions: ["nps", "comment"], ...settings });
    const { page } = await visit(site, survey, prepare ? { prepare } : {});
    if (settings.questions?.[0] !== "comment") await score(page, 2).press("Enter");
    await field(page).fill("five minutes\nof typing");
    return { page, survey };
  }

  test.each<[string, (page: Page, survey: string) => Promise<unknown>]>([
    ["a reload", (page) => page.reload()],
    ["a link to the next page", (page, survey) => page.goto(site.page("plain", survey))],
  ])("come back after %s, and are sent with the answer before them", async (_, act) => {
    const { page, survey } = await type();
    await act(page, survey);
    await expect.poll(() => field(page).inputValue()).toBe("five minutes\nof typing");
    await field(page).press("Control+Enter");
    await expect
      .poll(async () => (await commentsOf(survey))[0])
      .toMatchObject({ nps: 2, comment: "five minutes\nof typing" });
    expect((await metricsOf(survey)).responses).toBe(1);
    expect(await typed(page)).toEqual([]);
  });

  test.each(["when_shown", "after_act"] as const)(
    "come back where nothing was answered before them, with %s",
    async (storage) => {
      const { page } = await type({ questions: ["comment", "nps"], storage });
      await page.reload();
      await expect.poll(() => field(page).inputValue()).toBe("five minutes\nof typing");
    },
  );

  test("are there again after going back and forth", async () => {
    const { page } = await type();
    await page.getByRole("button", { name: "Back" }).press("Enter");
    await page.getByRole("button", { name: "Next" }).press("Enter");
    expect(await field(page).inputValue()).toBe("five minutes\nof typing");
  });

  test.each<[string, (page: Page) => Promise<unknown>]>([
    ["closes the survey", (page) => page.keyboard.press("Escape")],
    ["denies consent", (page) => page.evaluate("vidhuk('consent', 'denied')")],
    ["empties the field", (page) => field(page).fill("")],
    ["goes past the question", (page) => page.getByRole("button", { name: "Skip" }).press("Enter")],
  ])("are gone where the visitor %s", async (_, act) => {
    const { page } = await type();
    expect(await typed(page)).toHaveLength(1);
    await act(page);
    await expect.poll(() => typed(page)).toEqual([]);
  });

  test("are not kept once consent is denied", async () => {
    const { page } = await type();
    await page.evaluate("vidhuk('consent', 'denied')");
    await field(page).fill("more");
    expect(await typed(page)).toEqual([]);
  });

  test("are those of the day", async () => {
    const { page } = await type();
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 864e5;
    });
    await page.reload();
    await expect.poll(() => typed(page)).toEqual([]);
  });

  test("outlive the Escape by which Safari ends an input method's composition", async () => {
    const { page } = await type();
    await field(page).evaluate((area) => {
      const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true });
      Object.defineProperty(event, "keyCode", { value: 229 });
      area.dispatchEvent(event);
    });
    expect(await field(page).inputValue()).toBe("five minutes\nof typing");
  });
});

describe("changing one's mind", () => {
  test("going back changes the answer, not the count", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await score(page, 3).click();
    await satisfied(page).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await recommend(page).waitFor();
    expect(await score(page, 3).isChecked()).toBe(true);
    await score(page, 8).click();
    await satisfied(page).waitFor();
    await expect.poll(() => distribution(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect((await metricsOf(survey)).responses).toBe(1);
  });

  test("a comment is asked for by the group of the score, and can be taken back", async () => {
    const survey = await aSurvey({
      questions: ["nps", "comment"],
      thanks: { passive: { url: "https://shop.example/why" } },
    });
    const { page } = await visit(site, survey);
    await score(page, 7).click();
    await page.getByRole("textbox", { name: "What could we do better?" }).fill("Ship faster");
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(async () => (await commentsOf(survey)).length).toBe(1);
    const link = page.getByRole("link", { name: "Tell us more" });
    expect(await link.getAttribute("href")).toBe("https://shop.example/why");
    expect(await link.getAttribute("rel")).toContain("noopener");
  });

  test("a comment of blanks is none", async () => {
    const survey = await aSurvey({ questions: ["comment", "nps"] });
    const { page } = await visit(site, survey);
    await page.getByRole("textbox").fill("\u200b \u00a0\n\u202e");
    await page.getByRole("button", { name: "Send" }).click();
    await score(page, 7).click();
    await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
    expect(await commentsOf(survey)).toEqual([]);
  });

  test("2,000 emoji fit into a comment, the 2,001st does not", async () => {
    const survey = await aSurvey({ questions: ["comment"] });
    const { page } = await visit(site, survey);
    await page.getByRole("textbox").fill("💡".repeat(2001));
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(async () => (await commentsOf(survey))[0]?.comment).toBe("💡".repeat(2000));
  });
});

describe("what the device remembers", () => {
  test("is days and nothing that could name somebody", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await recommend(page).waitFor();
    const today = Math.floor(Date.now() / 864e5);
    await expect.poll(() => kept(page)).toEqual({ surveys: { [survey]: { asked: today } } });
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => kept(page)).toEqual({ surveys: { [survey]: { asked: today, dismissed: today } } });
    expect(await page.context().cookies()).toEqual([]);
  });

  test("keeps who has answered from being asked on the next page", async () => {
    const survey = await aSurvey({ questions: ["nps"] });
    const { page } = await visit(site, survey);
    await score(page, 10).click();
    await page.getByText("We are glad").first().waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => pending(page)).toEqual([]);
    await page.reload();
    await expectVerdict(page, "answered_recently");
    expect(await card(page).count()).toBe(0);
  });

  test("is nothing before the visitor acts where the owner wants it so", async () => {
    const survey = await aSurvey({ storage: "after_act", sample: 0.999999, targeting: { first_visit_delay_days: 0 } });
    const { page } = await visit(site, survey);
    await recommend(page).waitFor();
    expect(await kept(page)).toBeNull();
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => kept(page)).not.toBeNull();
    await page.reload();
    await expectVerdict(page, "dismissed_recently");
  });
});

test("a page left in mid-survey goes on where it was, in the same response", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey);
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await page.goto(site.page("plain", survey));
  await satisfied(page).waitFor();
  await score(page, 5).click();
  await page.getByRole("textbox").fill("Warm");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(async () => (await commentsOf(survey))[0]?.nps).toBe(9);
  expect((await metricsOf(survey)).responses).toBe(1);
});

test("a survey answered in one tab is not asked in another", async () => {
  const survey = await aSurvey({ storage: "after_act" });
  const { page } = await visit(site, survey);
  const other = await page.context().newPage();
  await other.goto(site.page("shop", survey));
  await recommend(page).waitFor();
  await recommend(other).waitFor();
  // The later part of the survey listens for the other tab; it is there once it has announced the question.
  await expect.poll(() => other.getByRole("status").textContent()).toContain("How likely");
  await score(page, 4).click();
  await card(other).waitFor({ state: "detached" });
  await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
});

test("thanks go by themselves after they could be read, but not under the pointer", async () => {
  const { page } = await visit(site, await aSurvey({ questions: ["nps"] }));
  await score(page, 10).click();
  await page.getByText("We are glad").first().waitFor();
  await card(page).hover();
  const gone = card(page).waitFor({ state: "detached", timeout: 20_000 });
  await expect.poll(() => page.evaluate(() => performance.now()), { timeout: 20_000 }).toBeGreaterThan(9000);
  expect(await card(page).count()).toBe(1);
  await page.mouse.move(1, 1);
  await gone;
});

test("thanks go by themselves though pointer and keyboard rest where they answered", async () => {
  const { page } = await visit(site, await aSurvey({ questions: ["nps", "comment"] }), {
    prepare: (page) => page.clock.install(),
  });
  await score(page, 10).press("Enter");
  await page.getByRole("textbox").fill("Light");
  await page.getByRole("button", { name: "Send" }).hover();
  await page.getByRole("button", { name: "Send" }).press("Enter");
  await page.getByText("We are glad").first().waitFor();
  await page.clock.runFor(9000);
  await card(page).waitFor({ state: "detached" });
});
