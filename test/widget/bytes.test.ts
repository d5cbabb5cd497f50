import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { servedLoader } from "../support/served-loader.ts";
import { servedSize } from "../support/served-size.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey } from "./collector.ts";

const site = await openSite();
const question = /How likely|Наскільки ймовірно|Насколько вероятно|ما مدى احتمال/;

/** Everything that the page has fetched from the collector so far: requests, and the bytes of their bodies as served. */
function watchTraffic(page: Page) {
  const bodies: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().startsWith(sharedCollector().url) || request.method() !== "GET") return;
    const size = request
      .response()
      .then((reply) => reply!.body())
      .then((body) => servedSize(body.toString()));
    // What a page fetches while it is being left has no body to read, and nobody asks for it.
    size.catch(() => {});
    bodies.push(size);
  });
  return async () => {
    const sizes = await Promise.all(bodies);
    return { requests: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  };
}

/** What is fetched while the visitor reads stays on its way: a machine that is slow to look would count it. */
const holdLater = (page: Page) => page.route("**/widget/later-*", () => {});

async function why(page: Page, verdict: string) {
  await expect
    .poll(() => page.evaluate("vidhuk('why')").then((found) => Object.values(found as object)[0]))
    .toBe(verdict);
}

test("a page view that shows nothing costs at most 1.3 kB, whoever was met lately", async () => {
  const survey = await aSurvey();
  const before = await openPage();
  await before.goto(site.page("shop", survey));
  await before.getByRole("button", { name: "Close" }).click();
  const page = await before.context().newPage();
  const traffic = watchTraffic(page);
  await page.goto(site.page("shop", survey));
  await expect.poll(async () => (await traffic()).requests).toBe(1);
  expect((await traffic()).bytes).toBeLessThanOrEqual(1300);
  await why(page, "dismissed_recently");
});

test("a page view that shows nothing costs as little where the tag's options stand in its address", async () => {
  const survey = await aSurvey();
  const options = "?lang=uk&target=%23box&test=1&p.plan=pro";
  const before = await openPage();
  await before.goto(`${site.page("managed", survey)}&${new URLSearchParams({ options })}`);
  await before.getByRole("button", { name: "Закрити" }).click();
  const page = await before.context().newPage();
  const traffic = watchTraffic(page);
  await page.goto(`${site.page("managed", survey)}&${new URLSearchParams({ options: options.replace("test", "t") })}`);
  await expect.poll(async () => (await traffic()).requests).toBe(1);
  expect((await traffic()).bytes).toBeLessThanOrEqual(1300);
  await why(page, "dismissed_recently");
});

test.each([
  ["is meant for another page", { targeting: { include: ["*/checkout"], exclude: ["*/help*", "*/account/*"] } }],
  ["waits for an event", { trigger: { type: "event", name: "checkout_done" } }],
  ["drew a sample of none", { sample: 0 }],
  ["is paused", { paused: true }],
  [
    "is meant for other pages and waits for an event there",
    { targeting: { include: ["*/checkout"] }, trigger: { type: "event", name: "checkout_done" } },
  ],
] as const)("a page view costs at most 2.0 kB where the survey %s", async (_, settings) => {
  const page = await openPage();
  const traffic = watchTraffic(page);
  await page.goto(site.page("shop", await aSurvey(settings as never)), { waitUntil: "networkidle" });
  expect((await traffic()).bytes).toBeLessThanOrEqual(2000);
});

test.each([
  ["waits for a button", { trigger: { type: "manual" } }],
  ["is meant for another page", { targeting: { include: ["*/checkout"], exclude: ["*/help*", "*/account/*"] } }],
  [
    "is meant for other pages and waits for an event there",
    { targeting: { include: ["*/checkout"] }, trigger: { type: "event", name: "checkout_done" } },
  ],
] as const)(
  "a page that identifies its visitor costs at most 2.0 kB in 1 request where the survey %s",
  async (_, settings) => {
    const page = await openPage();
    const traffic = watchTraffic(page);
    await page.goto(site.page("identified", await aSurvey(settings as never)), { waitUntil: "networkidle" });
    expect(await traffic()).toMatchObject({ requests: 1 });
    expect((await traffic()).bytes).toBeLessThanOrEqual(2000);
  },
);

test.each(["en", "uk", "ru", "ar"])(
  "a question in %s is visible after at most 6.5 kB in 2 requests",
  async (locale) => {
    const page = await openPage({ locale });
    await holdLater(page);
    const traffic = watchTraffic(page);
    await page.goto(site.page("plain", await aSurvey()));
    await page.getByRole("group", { name: question }).waitFor();
    const { requests, bytes } = await traffic();
    expect(requests).toBeLessThanOrEqual(2);
    expect(bytes).toBeLessThanOrEqual(6500);
  },
);

test("with every kind of setting a question is visible after at most 7.4 kB in 2 requests", async () => {
  const page = await openPage();
  await holdLater(page);
  const traffic = watchTraffic(page);
  const survey = await aSurvey({
    questions: ["csat", "nps", "comment"],
    targeting: { include: ["*/shop"], exclude: ["*/help*"], languages: ["en"] },
    trigger: { type: "scroll", percent: 1 },
  });
  await page.goto(site.page("shop", survey));
  await page.getByRole("group", { name: "How satisfied are you" }).waitFor();
  const { requests, bytes } = await traffic();
  expect(requests).toBeLessThanOrEqual(2);
  expect(bytes).toBeLessThanOrEqual(7400);
});

test("the whole conversation costs at most 15 kB", async () => {
  const page = await openPage({ locale: "uk" });
  const traffic = watchTraffic(page);
  await page.goto(site.page("plain", await aSurvey()));
  await page.getByRole("radio", { name: "10", exact: true }).click();
  await page.getByRole("group", { name: "Наскільки ви задоволені" }).waitFor();
  await page.getByRole("radio", { name: "5", exact: true }).click();
  await page.getByRole("textbox").fill("Світло");
  await page.getByRole("button", { name: "Надіслати" }).click();
  await page.getByText("Раді, що вам із нами добре").first().waitFor();
  expect((await traffic()).bytes).toBeLessThanOrEqual(15_000);
});

test("the snippet of Delighted costs its own pages at most 2.5 kB, and any other page no byte", async () => {
  const survey = await aSurvey();
  const { url } = sharedCollector();
  const read = async (path: string) => (await fetch(url + path)).text();
  const settings = { id: survey, brand: "Lumen", trigger: { type: "delay", seconds: 0 } };
  expect(await read(`/w/${survey}.js`)).toBe(servedLoader(settings, await read("/widget/loader.js")));
  const page = await openPage();
  const traffic = watchTraffic(page);
  await page.goto(site.page("delighted", survey), { waitUntil: "networkidle" });
  expect(await traffic()).toMatchObject({ requests: 1 });
  expect((await traffic()).bytes).toBeLessThanOrEqual(2500);
});
