import { beforeAll, describe, expect, it } from "vitest";
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Page } from "../../shared/schema/paging.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { expectAccessible } from "./support/axe.ts";
import { answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

/** What people write has no length that is known, and may have no place to break, not even a hyphen. */
const unbroken = (characters: number) => "unbr0ken".repeat(characters).slice(0, characters);
const LONG_NAME = unbroken(200);

let survey: Survey;
let empty: Survey;

beforeAll(async () => {
  empty = await aSurvey({ name: "Nothing yet 0" });
  survey = await aSurvey({
    segments: ["plan", unbroken(40)],
    name: `A name that is far longer than any line has room for ${unbroken(60)}`,
    brand: unbroken(120),
    topics: [{ name: unbroken(120), stems: ["comment"] }],
  });
  for (let nps = 0; nps <= 10; nps++)
    await answer(survey.id, {
      nps,
      csat: 1 + (nps % 5),
      comment: `Comment ${nps} ${unbroken(240)}`,
      properties: { plan: unbroken(200), [unbroken(40)]: "pro" },
      respondent: { id: LONG_NAME },
    });
  const { items } = await ask<Page<CommentItem>>("GET", `/v1/surveys/${survey.id}/comments?limit=1`);
  await ask("PATCH", `/v1/surveys/${survey.id}/responses/${items[0]?.id}`, {
    note: unbroken(240),
    tags: ["late", unbroken(40)],
    assignee: unbroken(80),
    status: "in_work",
    answered: true,
  });
  await ask("POST", "/v1/unsubscribes", { respondent: LONG_NAME, survey: survey.id });
  await ask("POST", `/v1/surveys/${survey.id}/invitations`, { respondents: [{ id: "bo" }] });
  await ask("POST", `/v1/surveys/${survey.id}/webhooks`, {
    url: `https://hooks.example/${unbroken(300)}`,
    events: ["response.created", "score.dropped"],
    filter: { nps_group: ["detractor"], segment: { plan: unbroken(200) } },
  });
  await ask("POST", "/v1/keys", { name: unbroken(120), scope: "metrics", survey: survey.id });
});

const views = [
  ["the list", () => "/", "All surveys"],
  ["the overview", () => `/s/${survey.id}`, "NPS over time"],
  ["the empty overview", () => `/s/${empty.id}`, "No responses in this period"],
  ["the comments", () => `/s/${survey.id}/comments`, "Comments"],
  ["all as one", () => `/together?surveys=${survey.id}`, "All together"],
  ["the first step", () => "/new", "What is the survey called?"],
  ["the look", () => `/new/${empty.id}/look`, "What is asked, and how does it look?"],
  ["the first answer", () => `/new/${empty.id}/try`, "One line on your page"],
  ["the import", () => `/s/${survey.id}/import`, "Answers from a file"],
  ["questions", () => `/s/${survey.id}/settings/questions`, "Questions"],
  ["texts", () => `/s/${survey.id}/settings/texts`, "Texts"],
  ["audience", () => `/s/${survey.id}/settings/audience`, "Who and when"],
  ["figures", () => `/s/${survey.id}/settings/figures`, "Figures"],
  ["sharing", () => `/s/${survey.id}/settings/sharing`, "Tag, link, badge"],
  ["invitations", () => `/s/${survey.id}/settings/invitations`, "Who wants no invitations"],
  ["hooks", () => `/s/${survey.id}/settings/hooks`, "Events"],
  ["webhooks", () => `/s/${survey.id}/settings/webhooks`, "Webhooks"],
  ["keys", () => `/s/${survey.id}/settings/keys`, "Keys"],
  ["privacy", () => `/s/${survey.id}/settings/privacy`, "Privacy and deletion"],
  ["one person", () => `/person/${encodeURIComponent(LONG_NAME)}`, LONG_NAME],
  ["a survey from a file", () => "/from-file", "A survey from a saved file"],
  ["the search for a person", () => "/person", "One person"],
  ["an address that leads nowhere", () => "/nowhere", "Nothing here"],
  ["the log", () => "/log", "What administrators did"],
  ["the state", () => "/status", "State of the collector"],
] as const;

describe.each([
  ["a desktop", { viewport: { width: 1280, height: 900 } }],
  ["a dark phone", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }],
] as const)("on %s", (_, options) => {
  it.each(views)("%s has no fault of WCAG 2.2 AA and does not scroll sideways", async (_, path, title) => {
    const page = await openDashboard({ ...options, path: path() });
    await page.getByRole("heading", { name: title, exact: true }).first().waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it("a comment's note, menu and last question have none either", async () => {
    const page = await openDashboard({ ...options, path: `/s/${survey.id}/comments` });
    const card = page.getByRole("listitem").filter({ hasText: "Comment 0" });
    await card.getByRole("button", { name: "Note" }).click();
    await card.getByText("More").click();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await card.getByRole("button", { name: "Erase words and score…" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessible(page);
    const { x, width } = (await page.getByRole("dialog").boundingBox())!;
    expect([x >= 0, x + width <= options.viewport.width]).toEqual([true, true]);
  });

  it("a secret that is shown once has none either", async () => {
    const page = await openDashboard({ ...options, path: `/s/${survey.id}/settings/keys` });
    await page.getByRole("button", { name: "Make a signing key" }).click();
    await page.getByRole("region", { name: "Secret" }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

/** Options of our own that their select has no room for. `unbr0ken` is what people have written. Runs in the page. */
function optionsCut(): string[] {
  const context = document.createElement("canvas").getContext("2d")!;
  return [...document.querySelectorAll("main select")].flatMap((select) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    context.font = font;
    // The arrow takes about 20 px.
    const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - 18;
    return [...(select as HTMLSelectElement).options]
      .map(({ text }) => text)
      .filter((text) => room > 0 && !text.includes("unbr0ken") && context.measureText(text).width > room);
  });
}

/** How many menus of comments have a line to themselves. Runs in the page. */
function menusAlone(): number {
  const middle = (element: Element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return (top + bottom) / 2;
  };
  return [...document.querySelectorAll(".comment .menu")].filter((menu) => {
    const buttons = [...menu.closest(".comment")!.querySelectorAll(".acts > button")];
    return !buttons.some((button) => Math.abs(middle(button) - middle(menu)) < 12);
  }).length;
}

it.each(["uk", "ru"])("every view speaks %s and fits a phone in it", async (locale) => {
  const page = await openDashboard({ locale, viewport: { width: 320, height: 640 } });
  const dashboard = page.url().replace(/#.*/, "");
  for (const [name, path] of views) {
    await page.goto("about:blank");
    await page.goto(`${dashboard}#${path()}`);
    await page.locator("main :is(h1, h2)").first().waitFor({ state: "attached" });
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    const tooWide = await page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter(
          (element) =>
            document.documentElement.scrollWidth > innerWidth && element.getBoundingClientRect().right > innerWidth,
        )
        .map((element) => `${element.localName}.${element.className}`),
    );
    expect([name, tooWide]).toEqual([name, []]);
    expect([name, await page.evaluate(optionsCut)]).toEqual([name, []]);
    if (name === "the comments") {
      const alone = () => page.evaluate(menusAlone);
      for (const width of [320, 360, 390, 430]) {
        await page.setViewportSize({ width, height: 640 });
        expect([width, await alone()]).toEqual([width, 0]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
    }
    const ours = page.locator("main :is(button, label, legend, h1, h2, h3):not(.picks label)");
    const english = (await ours.allTextContents()).filter((text) => /^[A-Za-z][a-z’]+( [a-z’…?]+)*$/.test(text.trim()));
    expect([name, english]).toEqual([name, []]);
  }
});

it.each(["en", "uk"])(
  "the bar that saves hides no field that has the focus at four times the size, in %s",
  async (locale) => {
    const page = await openDashboard({
      locale,
      path: `/s/${survey.id}/settings/audience`,
      viewport: { width: 320, height: 256 },
    });
    const fields = page.locator(".settings-section input:visible");
    await fields.first().waitFor();
    await page.locator(".settings-section input[type=number]").first().fill("7");
    await expect.poll(() => page.locator(".save-bar").isVisible()).toBe(true);
    const hidden = () =>
      page.evaluate(() => {
        const bar = document.querySelector(".save-bar")!.getBoundingClientRect();
        const field = document.activeElement!.getBoundingClientRect();
        return { overlap: Math.max(0, field.bottom - bar.top), bar: bar.height / innerHeight };
      });
    for (let at = 0; at < 8; at++) {
      await page.keyboard.press("Tab");
      await expect.poll(async () => (await hidden()).overlap).toBe(0);
      expect((await hidden()).bar).toBeLessThan(0.4);
    }
  },
);

it("the sign-in has no fault either", async () => {
  const page = await openPage({ locale: "uk", viewport: { width: 320, height: 640 } });
  await page.goto(`${sharedCollector().url}/dashboard/`);
  await page.getByRole("button", { name: "Увійти" }).waitFor();
  await expectAccessible(page);
});

it.each(["/dashboard/", "/preview/"])(
  "%s runs no script but our own files and turns no text into markup",
  async (path) => {
    const policy = (await fetch(sharedCollector().url + path)).headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe/);
  },
);
