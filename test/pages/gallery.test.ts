import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { aSurvey, metricsOf } from "../widget/collector.ts";
import { card, recommend, satisfied, score, visit } from "../widget/visitor.ts";
import { openSite } from "./site.ts";
import { stylesOf } from "./styles.ts";

const pages: [page: string, headers?: Record<string, string>][] = [
  ["shop"],
  ["resets"],
  ["small-rem"],
  ["csp-hosts", { "Content-Security-Policy": "default-src 'none'; script-src {host}; connect-src {host}" }],
  [
    "csp-nonce",
    {
      "Content-Security-Policy":
        "default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src {host}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'",
    },
  ],
  ["plain", { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin" }],
  ["frozen"],
  ["old-extensions"],
  ["written"],
  ["twice"],
  ["head-only"],
  ["inline"],
];

/** Cumulative layout shift as it is defined: without what follows half a second after the visitor's own act. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );

describe.each(pages)("the page %s", (name, headers = {}) => {
  test("shows the survey, lets it be answered and does not notice", async () => {
    const site = await openSite(headers);
    const survey = await aSurvey({ trigger: { type: "event", name: "now" } });
    const { page, errors } = await visit(site, survey, { name });
    await page.waitForLoadState("networkidle");
    const globals = () => page.evaluate(() => Object.keys(window).sort());
    const before = await stylesOf(page);
    const names = await globals();
    // The event is sent until the widget hears it, since the trigger's file may still be loading.
    await expect
      .poll(async () => {
        await page.evaluate(() => document.dispatchEvent(new CustomEvent("vidhuk:event", { detail: "now" })));
        return recommend(page).isVisible();
      })
      .toBe(true);
    expect(await score(page, 9).evaluate((radio) => radio.getBoundingClientRect().width)).toBeGreaterThanOrEqual(44);
    expect(await stylesOf(page)).toEqual(before);
    await score(page, 9).click();
    await satisfied(page).waitFor();
    await score(page, 5).click();
    await page.getByRole("textbox", { name: "What did you like most?" }).fill("Light");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("We are glad you are happy with us").first().waitFor();
    await expect.poll(async () => (await metricsOf(survey)).comments).toBe(1);
    expect((await metricsOf(survey)).responses).toBe(1);
    expect(await stylesOf(page)).toEqual(before);
    expect(await globals()).toEqual(names);
    expect(await card(page).count()).toBe(1);
    expect(await shifts(page)).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe("the survey stands alone", () => {
  test("in a sandboxed frame", async () => {
    const site = await openSite();
    const survey = await aSurvey();
    const { page, errors } = await visit(site, survey, { name: "sandbox" });
    const frame = page.frameLocator("iframe");
    await frame.getByRole("radio", { name: "9", exact: true }).click();
    await frame.getByRole("group", { name: "How satisfied" }).waitFor();
    await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[9]).toBe(1);
    expect(errors).toEqual([]);
  });

  test("as a module for bundlers, in a target and away again", async () => {
    const site = await openSite();
    const survey = await aSurvey();
    const { page, errors } = await visit(site, survey, { name: "module" });
    await score(page, 9).click();
    await satisfied(page).waitFor();
    expect(await page.locator("#here vidhuk-survey").count()).toBe(1);
    await page.evaluate("unmount()");
    await card(page).waitFor({ state: "detached" });
    expect(await page.evaluate("vidhuk('why')")).toEqual({});
    expect(errors).toEqual([]);
  });

  test.each([
    ["global", "name-taken", "vidhuk"],
    ["function", "function-taken", "vidhuk()"],
  ])("beside a %s of the same name, which it leaves alone", async (_, name, theirs) => {
    const site = await openSite();
    const { page, errors } = await visit(site, await aSurvey(), { name });
    await score(page, 9).click();
    await satisfied(page).waitFor();
    expect(await page.evaluate(theirs)).toEqual({ theirs: true });
    expect(errors).toEqual([]);
  });

  test("and waits until the page's own dialog is closed", async () => {
    const site = await openSite();
    const { page } = await visit(site, await aSurvey(), { name: "dialog" });
    await page.waitForLoadState("networkidle");
    expect(await card(page).count()).toBe(0);
    await page.getByRole("button", { name: "Done" }).click();
    await score(page, 9).click();
    await satisfied(page).waitFor();
  });

  test("in the page's own dialog where it was asked for there, and Escape closes the one and not the other", async () => {
    const site = await openSite();
    const { page, errors } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "dialog" });
    const dialog = page.getByRole("dialog", { name: "Choose a size" });
    await dialog.getByRole("button", { name: "Give feedback" }).press("Enter");
    await expect.poll(() => recommend(page).evaluate((group) => group.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
    expect(await dialog.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Give feedback");
    expect(errors).toEqual([]);
  });

  test.each([
    ["closed", "document.querySelector('dialog').close()"],
    ["taken away", "document.querySelector('dialog').remove()"],
  ])("and goes on when the dialog that it was asked for in is %s", async (_, end) => {
    const site = await openSite();
    const survey = await aSurvey({ trigger: { type: "manual" } });
    const { page, errors } = await visit(site, survey, { name: "dialog" });
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 9).click();
    await satisfied(page).waitFor();
    await page.evaluate(end);
    await score(page, 4).click();
    await page.getByRole("textbox").waitFor();
    await expect.poll(async () => (await metricsOf(survey)).csat?.distribution).toEqual([0, 0, 0, 1, 0]);
    expect((await metricsOf(survey)).responses).toBe(1);
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => page.locator("vidhuk-survey").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("in the uppermost of several dialogs", async () => {
    const site = await openSite();
    const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "dialog" });
    // The one with the button is the last to be opened, and the first as well as the last in the page.
    for (const place of ["prepend", "append"] as const) {
      await page.evaluate((place) => {
        const upper = document.querySelector('[aria-label="Choose a size"]') as HTMLDialogElement;
        const under = document.querySelector('[aria-label="Under it"]') as HTMLDialogElement;
        for (const each of [upper, under]) each.close();
        document.body[place](under);
        for (const each of [under, upper]) each.showModal();
      }, place);
      await page.getByRole("button", { name: "Give feedback" }).click();
      await score(page, 9).click({ trial: true });
      await page.getByRole("button", { name: "Close" }).click();
      await card(page).waitFor({ state: "detached" });
    }
  });

  test("while routers change all around it, their history untouched", async () => {
    const site = await openSite();
    const survey = await aSurvey();
    const { page, errors } = await visit(site, survey, { name: "router" });
    await score(page, 9).click();
    await page.evaluate("turbo('/other')");
    await satisfied(page).waitFor();
    await page.evaluate("root('/third')");
    await score(page, 3).click();
    await page.getByRole("textbox").waitFor();
    expect(
      await page.evaluate("history.pushState === window.pushState && !('pushState' in Object.assign({}, history))"),
    ).toBe(true);
    await expect.poll(async () => (await metricsOf(survey)).csat?.responses).toBe(1);
    expect(errors).toEqual([]);
  });

  test("and a new route is a new chance for a survey that was meant for it", async () => {
    const site = await openSite();
    const survey = await aSurvey({ targeting: { include: ["/checkout/*"] } });
    const { page } = await visit(site, survey, { name: "router" });
    await page.waitForLoadState("networkidle");
    expect(await card(page).count()).toBe(0);
    await page.evaluate("turbo('/checkout/done')");
    await recommend(page).waitFor();
  });
});
