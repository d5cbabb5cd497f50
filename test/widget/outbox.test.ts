import type { Page, Route } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { openSlowProxy } from "../support/slow-proxy.ts";
import { aSurvey, metricsOf } from "./collector.ts";
import { card, pending, recommend, satisfied, score, tapUnawaited, visit } from "./visitor.ts";

const site = await openSite();
const posts = "**/v1/responses";
const responses = async (survey: string) => (await metricsOf(survey)).responses;

const refuse =
  (status: number, code: string, more: object = {}) =>
  (route: Route) =>
    route.fulfill({
      status,
      headers: { "Access-Control-Allow-Origin": "*", "Content-Type": "application/problem+json" },
      body: JSON.stringify({ type: "about:blank", title: "No", status, detail: "No", code, ...more }),
    });

describe("an answer given while nobody can be reached", () => {
  test("is sent when the device is online again", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await expect.poll(() => page.getByRole("status").textContent()).toContain("How likely");
    await page.context().setOffline(true);
    await score(page, 2).click();
    await satisfied(page).waitFor();
    await score(page, 1).click();
    await page.getByRole("textbox", { name: "What went wrong" }).waitFor();
    expect(await responses(survey)).toBe(0);
    await page.context().setOffline(false);
    await expect.poll(async () => (await metricsOf(survey)).csat?.distribution).toEqual([1, 0, 0, 0, 0]);
    expect((await metricsOf(survey)).nps?.distribution[2]).toBe(1);
    expect(await responses(survey)).toBe(1);
  });

  test("is sent by the next page", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await page.route(posts, (route) => route.abort());
    await score(page, 6).click();
    await expect.poll(() => pending(page)).toMatchObject([{ body: { nps: 6, rev: 1 } }]);
    await page.unroute(posts);
    await page.goto(site.page("plain", survey));
    await expect.poll(() => responses(survey)).toBe(1);
  });

  test("is sent and thanked for even if the rest of the survey never came, which goes on on the next page", async () => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await page.route("**/widget/later-*", (route) => route.abort());
    await recommend(page).waitFor();
    await score(page, 9).click();
    await page.getByText("Thank you for your answer.").waitFor();
    await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[9]).toBe(1);
    await page.unroute("**/widget/later-*");
    await page.goto(site.page("plain", survey));
    await satisfied(page).waitFor();
  });
});

test("closing the tab right after the tap loses nothing", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey);
  await recommend(page).waitFor();
  await tapUnawaited(page, 10);
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => responses(survey)).toBe(1);
});

describe("over a slow network", () => {
  // No routing here: a request that the driver holds does not outlive its page.
  test.each([
    ["the tab is closed", (page: Page) => page.close({ runBeforeUnload: false })],
    ["the visitor leaves the site", (page: Page) => page.goto("about:blank")],
  ])("an answer is stored once when %s right after the tap", async (_, leave) => {
    const proxy = await openSlowProxy(sharedCollector().url, 400);
    onTestFinished(() => proxy.stop());
    const survey = await aSurvey();
    const { page } = await visit(await openSite({}, proxy), survey);
    await recommend(page).waitFor();
    await tapUnawaited(page, 10);
    await leave(page);
    await expect.poll(() => proxy.seen.filter((each) => each === "POST /v1/responses").length).toBe(1);
    await expect.poll(() => responses(survey)).toBe(1);
    expect((await metricsOf(survey)).nps?.distribution[10]).toBe(1);
  });

  test("an answer that was on its way is sent again by the next page, and counts once", async () => {
    const proxy = await openSlowProxy(sharedCollector().url, 400);
    onTestFinished(() => proxy.stop());
    const slowSite = await openSite({}, proxy);
    const survey = await aSurvey({ questions: ["nps"] });
    const { page } = await visit(slowSite, survey);
    await recommend(page).waitFor();
    await tapUnawaited(page, 3);
    await page.goto(slowSite.page("plain", survey));
    await expect.poll(() => proxy.seen.filter((each) => each === "POST /v1/responses").length).toBe(2);
    await expect.poll(() => pending(page, proxy)).toMatchObject([{ sent: 1 }]);
    expect((await metricsOf(survey)).nps?.distribution).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(await responses(survey)).toBe(1);
  });
});

describe("a refusal", () => {
  test.each([403, 404])("with %i keeps the answer for a better day", async (status) => {
    const survey = await aSurvey();
    const { page } = await visit(site, survey);
    await page.route(posts, refuse(status, status === 403 ? "origin_not_allowed" : "unknown_survey"));
    await score(page, 7).click();
    await satisfied(page).waitFor();
    await expect.poll(() => pending(page)).toMatchObject([{ body: { nps: 7 } }]);
    await page.unroute(posts);
    await page.reload();
    await expect.poll(() => responses(survey)).toBe(1);
  });

  test.each([400, 409, 413, 422])("with %i drops the answer with one warning", async (status) => {
    const survey = await aSurvey({ questions: ["nps"] });
    const { page, errors } = await visit(site, survey);
    await page.route(posts, refuse(status, "invalid"));
    await score(page, 7).click();
    await page.getByText("We will work on being better").first().waitFor();
    await expect.poll(() => pending(page)).toEqual([]);
    expect(errors.filter((text) => text.startsWith("vidhuk"))).toEqual(["vidhuk: an answer was refused: invalid"]);
  });

  test("for being busy is asked again when it says", async () => {
    const survey = await aSurvey({ questions: ["nps"] });
    const { page } = await visit(site, survey);
    let refusals = 0;
    await page.route(posts, (route) => (refusals++ < 2 ? refuse(429, "rate_limited")(route) : route.continue()));
    await score(page, 7).click();
    await expect.poll(() => responses(survey)).toBe(1);
    expect(refusals).toBe(3);
  });
});

test("a device whose clock is years off is counted once, at the collector's time", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey, { name: "wrong-clock" });
  await score(page, 8).click();
  await satisfied(page).waitFor();
  await expect.poll(() => responses(survey)).toBe(1);
  await score(page, 4).click();
  await expect.poll(async () => (await metricsOf(survey)).csat?.responses).toBe(1);
  expect(await responses(survey)).toBe(1);
});

test("each send is one simple request that outlives its page and carries all answers so far", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey);
  const sent: { method: string; type: string | undefined; body: Record<string, unknown> }[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/v1/responses"))
      sent.push({ method: request.method(), type: request.headers()["content-type"], body: request.postDataJSON() });
  });
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await score(page, 5).click();
  await page.getByRole("textbox").waitFor();
  await card(page).waitFor();
  await expect.poll(() => sent.length).toBe(2);
  expect(sent.map(({ method }) => method)).toEqual(["POST", "POST"]);
  expect(sent[0]!.type).toMatch(/^text\/plain/);
  expect(sent[1]!.body).toMatchObject({ nps: 9, csat: 5, rev: 2, id: sent[0]!.body.id, secret: sent[0]!.body.secret });
  expect(sent[0]!.body).toMatchObject({ survey, nps: 9, rev: 1, locale: "en", page: `${site.origin}/shop` });
  expect(sent[0]!.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(sent[0]!.body.secret).toMatch(/^[0-9a-f]{32}$/);
});

test("works for the page's life where nothing can be stored", async () => {
  const survey = await aSurvey();
  const { page, errors } = await visit(site, survey, { name: "no-storage" });
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await score(page, 4).click();
  await expect.poll(async () => (await metricsOf(survey)).csat?.responses).toBe(1);
  expect(await responses(survey)).toBe(1);
  expect(errors).toEqual([]);
});
