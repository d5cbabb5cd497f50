import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import type { Site } from "../pages/site.ts";
import { openSite } from "../pages/site.ts";
import type { Turnstile } from "../pages/turnstile.ts";
import { humanBox, playTurnstile } from "../pages/turnstile.ts";
import { startCollector } from "../support/collector.ts";
import { aSurvey, changeSurvey, metricsOf } from "./collector.ts";
import { faults } from "./faults.ts";
import { card, pending, recommend, satisfied, score, tapUnawaited, visit } from "./visitor.ts";

const siteKey = "1x00000000000000000000AA";
const collector = await startCollector({
  main: "test/support/worker-siteverify.ts",
  env: { TURNSTILE_SECRET: "1x0000000000000000000000000000000AA" },
});
afterAll(() => collector.stop());
const site = await openSite({}, collector);

const aGuardedSurvey = () => aSurvey({ turnstile: siteKey }, collector);
const responses = async (survey: string) => (await metricsOf(survey, collector)).responses;
const outbox = (page: Page) => pending(page, collector);

type Where = {
  at?: Site;
  name?: string;
  locale?: string;
  viewport?: { width: number; height: number };
  clock?: boolean;
};

async function guardedVisit(
  survey: string,
  wishes: Partial<Turnstile> = {},
  { at = site, clock, ...options }: Where = {},
) {
  let cloudflare!: Turnstile;
  const prepare = async (page: Page) => {
    if (clock) await page.clock.install();
    cloudflare = await playTurnstile(page.context(), wishes);
  };
  const seen = await visit(at, survey, { ...options, prepare });
  const challenge = seen.page.getByRole("region", { name: "confirm that you are a person" });
  return { ...seen, cloudflare, challenge };
}

test("an answer is stored with Cloudflare's word for it, and Cloudflare is asked once and not before the tap", async () => {
  const survey = await aGuardedSurvey();
  const { page, errors, cloudflare, challenge } = await guardedVisit(survey);
  const statuses: number[] = [];
  page.on("response", (reply) => {
    if (reply.url().endsWith("/v1/responses")) statuses.push(reply.status());
  });
  await expect.poll(() => page.getByRole("status").textContent()).toContain("How likely");
  expect(cloudflare.requests).toEqual([]);
  await score(page, 9).click();
  await expect.poll(() => responses(survey)).toBe(1);
  await score(page, 5).click();
  await expect.poll(async () => (await metricsOf(survey, collector)).csat?.responses).toBe(1);
  await page.getByRole("textbox").fill("Light");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(async () => (await metricsOf(survey, collector)).comments).toBe(1);
  expect(await responses(survey)).toBe(1);
  expect(statuses).toEqual([201, 200, 200]);
  expect(cloudflare.requests.filter((url) => url.includes("/api.js"))).toHaveLength(1);
  expect(cloudflare.requests).toHaveLength(2);
  expect(await challenge.count()).toBe(0);
  expect(await page.locator("vidhuk-survey").count()).toBe(1);
  expect(errors).toEqual([]);
});

test("a survey without it never meets Cloudflare", async () => {
  const survey = await aSurvey({ questions: ["nps"] }, collector);
  const { page, cloudflare } = await guardedVisit(survey);
  await score(page, 9).click();
  await expect.poll(() => responses(survey)).toBe(1);
  await page.getByText("We are glad you are happy with us").first().waitFor();
  expect(cloudflare.requests).toEqual([]);
});

test("a page that was open before it was switched on learns of it from the refusal", async () => {
  const survey = await aSurvey({}, collector);
  const { page, cloudflare } = await guardedVisit(survey);
  await recommend(page).waitFor();
  await changeSurvey(survey, { turnstile: siteKey }, collector);
  await score(page, 9).click();
  await expect.poll(() => responses(survey)).toBe(1);
  expect(cloudflare.requests).toHaveLength(2);
});

test("a tab closed right after the tap leaves the answer to the next page, which gets a token of its own", async () => {
  const survey = await aGuardedSurvey();
  const { page, cloudflare } = await guardedVisit(survey);
  await recommend(page).waitFor();
  await tapUnawaited(page, 10);
  await page.close({ runBeforeUnload: false });
  expect(await responses(survey)).toBe(0);
  const before = cloudflare.requests.length;
  const next = await page.context().newPage();
  await next.goto(site.page("plain", survey));
  await expect.poll(() => responses(survey)).toBe(1);
  await expect.poll(() => outbox(next)).toMatchObject([{ sent: 1 }]);
  expect(cloudflare.requests.length).toBe(before + 2);
  expect(await card(next).count()).toBe(0);
});

test("a challenge that wants the visitor is shown, said aloud and met by keyboard, and takes no focus by itself", async () => {
  const survey = await aGuardedSurvey();
  const { page, challenge } = await guardedVisit(survey, { interactive: true });
  await score(page, 9).click();
  await challenge.waitFor();
  await expect.poll(() => challenge.getByRole("status").textContent()).toContain("confirm that you are a person");
  // The conversation goes on beside it.
  await satisfied(page).waitFor();
  const places = [await challenge.boundingBox(), await card(page).first().boundingBox()];
  expect(places[0]!.y + places[0]!.height).toBeLessThan(places[1]!.y);
  expect(await faults(page)).toEqual([]);
  expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.closest(".card") != null)).toBe(
    true,
  );
  await score(page, 4).click();
  await expect.poll(() => outbox(page)).toMatchObject([{ body: { nps: 9, csat: 4 } }]);
  expect(await responses(survey)).toBe(0);
  await challenge.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => humanBox(page).evaluate((element) => element.matches(":focus"))).toBe(true);
  await page.keyboard.press("Space");
  await challenge.waitFor({ state: "detached" });
  await expect.poll(async () => (await metricsOf(survey, collector)).csat?.responses).toBe(1);
  expect(await responses(survey)).toBe(1);
});

test("a challenge that the visitor closes is not shown again, and the answer waits", async () => {
  const survey = await aGuardedSurvey();
  const { page, challenge, cloudflare, errors } = await guardedVisit(survey, { interactive: true });
  await score(page, 9).click();
  await challenge.getByRole("button", { name: "Close" }).click();
  await challenge.waitFor({ state: "detached" });
  await page.goto(site.page("plain", survey));
  await expect.poll(() => outbox(page)).toMatchObject([{ body: { nps: 9 }, declined: true }]);
  await expect.poll(() => cloudflare.requests.length).toBe(4);
  await expect
    .poll(() =>
      page
        .locator("vidhuk-survey")
        .filter({ has: page.locator("iframe") })
        .count(),
    )
    .toBe(0);
  expect(await challenge.count()).toBe(0);
  // Where nothing has to be shown, it is sent after all.
  cloudflare.interactive = false;
  await page.reload();
  await expect.poll(() => responses(survey)).toBe(1);
  expect(errors.filter((text) => text.startsWith("vidhuk"))).toEqual([]);
});

test("a challenge that cannot be loaded keeps the answer and says so once; the next page sends it", async () => {
  const survey = await aGuardedSurvey();
  const { page, cloudflare, errors } = await guardedVisit(survey, { reachable: false });
  await score(page, 9).click();
  await satisfied(page).waitFor();
  const said = () => errors.filter((text) => text.startsWith("vidhuk"));
  await expect.poll(said).toEqual(["vidhuk: an answer waits on the device: Turnstile cannot be loaded"]);
  await score(page, 2).click();
  await page.getByRole("textbox").waitFor();
  expect(await outbox(page)).toMatchObject([{ body: { nps: 9, csat: 2 } }]);
  cloudflare.reachable = true;
  await page.goto(site.page("plain", survey));
  await expect.poll(async () => (await metricsOf(survey, collector)).csat?.responses).toBe(1);
  expect(await responses(survey)).toBe(1);
  expect(said()).toHaveLength(1);
});

test("a token that is refused is followed by others, later each time and three in all", async () => {
  const survey = await aGuardedSurvey();
  const { page, cloudflare } = await guardedVisit(survey, { token: "machine" }, { clock: true });
  await score(page, 9).click();
  const asked = () => page.evaluate("turnstile.renderedAt").catch(() => []) as Promise<number[]>;
  await expect
    .poll(async () => {
      await page.clock.fastForward(5000);
      return (await asked()).length;
    })
    .toBe(3);
  await page.clock.fastForward(600_000);
  await satisfied(page).waitFor();
  const [first = 0, second = 0, third = 0] = await asked();
  expect(second - first).toBeGreaterThanOrEqual(5000);
  expect(third - second).toBeGreaterThanOrEqual(20_000);
  expect(cloudflare.requests).toHaveLength(4);
  expect(await outbox(page)).toMatchObject([{ body: { nps: 9 } }]);
  expect(await responses(survey)).toBe(0);
});

test("a token that could not be asked about is sent again, not replaced", async () => {
  const survey = await aGuardedSurvey();
  const { page, cloudflare } = await guardedVisit(survey, { token: "outage" }, { clock: true });
  await score(page, 9).click();
  await expect
    .poll(async () => {
      await page.clock.fastForward(5000);
      return responses(survey);
    })
    .toBe(1);
  expect(cloudflare.requests).toHaveLength(2);
});

test.each([
  [
    "csp-hosts",
    "default-src 'none'; script-src {host} https://challenges.cloudflare.com; frame-src https://challenges.cloudflare.com; connect-src {host}",
  ],
  [
    "csp-nonce",
    "default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; frame-src https://challenges.cloudflare.com; connect-src {host}; require-trusted-types-for 'script'; trusted-types vidhuk; base-uri 'none'",
  ],
  ["resets", ""],
])("the challenge is shown and met on the page %s", async (name, policy) => {
  const survey = await aGuardedSurvey();
  const at = await openSite(policy ? { "Content-Security-Policy": policy } : {}, collector);
  const { page, errors, challenge } = await guardedVisit(survey, { interactive: true }, { at, name });
  await score(page, 9).click();
  await challenge.waitFor();
  await humanBox(page).click();
  await expect.poll(() => responses(survey)).toBe(1);
  expect(errors).toEqual([]);
});
