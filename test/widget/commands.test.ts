import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import { openSite } from "../pages/site.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, metricsOf } from "./collector.ts";
import { card, expectVerdict, kept, recommend, satisfied, score, visit } from "./visitor.ts";

const site = await openSite();

describe("identify", () => {
  test("sends who it is, unverified, and what the page says of the visit, flat and bounded", async () => {
    const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "identified" });
    const sent = page.waitForRequest("**/v1/responses");
    await page.evaluate(
      `vidhuk("identify", { id: 42, properties: { plan: "pro", seats: 3, trial: false, none: null, nested: {}, list: [], gone: undefined, act() {}, long: "x".repeat(300) } })`,
    );
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 9).click();
    expect((await sent).postDataJSON()).toMatchObject({
      respondent: { id: "42" },
      properties: { plan: "pro", seats: 3, trial: false, none: null, long: "x".repeat(200) },
    });
    expect(Object.keys((await sent).postDataJSON().properties)).toEqual(["plan", "seats", "trial", "none", "long"]);
    expect((await (await sent).response())?.status()).toBe(201);
  });

  test("names nobody under Global Privacy Control", async () => {
    const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "privacy" });
    const sent = page.waitForRequest("**/v1/responses");
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 9).click();
    expect((await sent).postDataJSON().respondent).toBeUndefined();
    expect((await sent).postDataJSON().properties).toEqual({ plan: "pro" });
  });

  test.each([
    ["an id of blanks", "{ id: ' \\u00a0 ' }", undefined],
    ["an id that is too long, in emoji", "{ id: '😀'.repeat(201) }", { id: "😀".repeat(200) }],
    ["an id with blanks around it", "{ id: ' ann\\n' }", { id: "ann" }],
    ["a token that is a number", "{ id: 'ann', token: 5 }", { id: "ann" }],
    ["a token that is far too long", "{ id: 'ann', token: 'x'.repeat(4001) }", { id: "ann" }],
    ["no properties", "{ id: 'ann', properties: null }", { id: "ann" }],
    ["a property without a name", "{ properties: { ' ': 1, '': 2 } }", undefined],
    ["a name that is too long", "{ properties: { ['😀'.repeat(39) + ' b']: '😀'.repeat(201) } }", undefined],
    ["a name that cannot be kept", "{ properties: JSON.parse('{\"__proto__\":1}') }", undefined],
    ["half an emoji and a NUL", "{ id: 'a\\ud83d\\0', properties: { '\\0': '\\ud83d' } }", { id: "a\ufffd\ufffd" }],
  ])("with %s costs no answer", async (_, person, respondent) => {
    const survey = await aSurvey({ trigger: { type: "manual" } });
    const { page } = await visit(site, survey, { name: "identified" });
    await page.evaluate(`vidhuk("identify", ${person})`);
    const reply = page.waitForResponse("**/v1/responses");
    await page.getByRole("button", { name: "Give feedback" }).click();
    await score(page, 9).click();
    expect((await reply).status()).toBe(201);
    const { items } = await ask<{ items: ResponseItem[] }>(`/v1/surveys/${survey}/responses`);
    expect(items).toMatchObject([{ nps: 9, respondent: respondent ?? null }]);
  });

  test("with a token asks the collector first, and only once every check here has passed", async () => {
    const survey = await aSurvey({ targeting: { exclude: ["*/identified"] } });
    const token = await aTokenOfOneWhoAnswered(survey, "u_1");
    const { page } = await visit(site, survey, { name: "identified" });
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("/v1/eligibility")) asked++;
    });
    await page.evaluate(`vidhuk("identify", { id: "u_1", token: "${token}" })`);
    await expectVerdict(page, "page_not_targeted");
    expect(asked).toBe(0);
    await page.evaluate(() => history.pushState({}, "", `/account${location.search}`));
    await expectVerdict(page, "held_back");
    expect(asked).toBe(1);
    expect(await card(page).count()).toBe(0);
  });
});

test("show opens from an own button, takes the keyboard along and gives it back", async () => {
  const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "identified" });
  const button = page.getByRole("button", { name: "Give feedback" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => recommend(page).evaluate((group) => group.matches(":focus"))).toBe(true);
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "detached" });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  // A dismissal holds the trigger back, not the visitor's own wish.
  await button.click();
  await recommend(page).waitFor();
});

test("a stub that nobody had called when the script came is taken over too", async () => {
  const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }), { name: "bfcache" });
  await expectVerdict(page, "show");
  await page.getByRole("button", { name: "Give feedback" }).click();
  await recommend(page).waitFor();
});

test("show is refused by the owner alone", async () => {
  const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" }, paused: true }), {
    name: "identified",
  });
  await page.getByRole("button", { name: "Give feedback" }).click();
  await expectVerdict(page, "paused");
  expect(await card(page).count()).toBe(0);
});

test("consent denied keeps nothing on the device and clears what was there", async () => {
  const survey = await aSurvey();
  const { page } = await visit(site, survey);
  await recommend(page).waitFor();
  await expect.poll(() => kept(page)).not.toBeNull();
  await page.evaluate("vidhuk('consent', 'denied')");
  await expect.poll(() => kept(page)).toBeNull();
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await expect.poll(async () => (await metricsOf(survey)).responses).toBe(1);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test("reset forgets the device's traces", async () => {
  const { page } = await visit(site, await aSurvey());
  await page.getByRole("button", { name: "Close" }).click();
  await expectVerdict(page, "dismissed_recently");
  await page.evaluate("vidhuk('reset')");
  await expect.poll(() => kept(page)).toBeNull();
});

test("on hears what happens, until it is told not to", async () => {
  const { page } = await visit(site, await aSurvey({ trigger: { type: "manual" } }));
  await page.evaluate(`(async () => {
    window.heard = [];
    for (const name of ["shown", "answered", "closed"]) window.stop = await vidhuk("on", name, (detail) => heard.push([name, detail]));
    stop();
    vidhuk("show");
  })()`);
  await score(page, 9).click();
  await satisfied(page).waitFor();
  await page.evaluate("vidhuk('close')");
  await card(page).waitFor({ state: "detached" });
  const heard = (await page.evaluate("heard")) as [string, object][];
  expect(heard).toMatchObject([
    ["shown", {}],
    ["answered", { nps: 9 }],
  ]);
});

test("stop takes all of it away, and the tag may come again", async () => {
  const survey = await aSurvey({ targeting: { include: ["/elsewhere"] } });
  const { page } = await visit(site, survey);
  await expectVerdict(page, "page_not_targeted");
  await page.evaluate("vidhuk('stop')");
  await page.evaluate(() => history.pushState({}, "", "/elsewhere"));
  expect(await page.evaluate("vidhuk('why')")).toEqual({});
});

describe("a trigger", () => {
  test.each([
    ["event", { type: "event", name: "checkout_done" }, "vidhuk('event', 'checkout_done')"],
    ["scroll", { type: "scroll", percent: 90 }, "scrollTo(0, document.body.scrollHeight)"],
    ["click", { type: "click", selector: "main button" }, "document.querySelector('button').click()"],
    ["exit", { type: "exit" }, "document.dispatchEvent(new MouseEvent('mouseout', { clientY: -1, bubbles: true }))"],
    ["idle", { type: "idle", seconds: 1 }, "0"],
  ] as const)("of the kind %s asks when its moment comes, and not before", async (_, trigger, act) => {
    const { page } = await visit(site, await aSurvey({ trigger: trigger as never }));
    await expectVerdict(page, "waiting");
    expect(await card(page).count()).toBe(0);
    await expect
      .poll(async () => {
        await page.evaluate(act);
        return recommend(page).isVisible();
      })
      .toBe(true);
  });
});

test.each([
  ["at once", {}],
  ["at a later address", { targeting: { include: ["/later"] } }],
])("a click on what is no selector is no error of the page, when it is waited for %s", async (_, settings) => {
  const survey = await aSurvey({ trigger: { type: "click", selector: "h1[[" }, ...settings });
  const { page, errors } = await visit(site, survey);
  await page.evaluate(() => history.pushState({}, "", "/later"));
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  await page.locator("body").click();
  // A warning of ours in the console, and nothing that the page would have to catch.
  expect(errors).toEqual([expect.stringMatching(/^vidhuk: .*h1\[\[/)]);
  expect(await card(page).count()).toBe(0);
});

test("of several surveys on a page one is asked at a time", async () => {
  const [first, second] = [await aSurvey(), await aSurvey()];
  const { page } = await visit(site, first);
  await recommend(page).waitFor();
  await page.evaluate(
    (address) => document.head.append(Object.assign(document.createElement("script"), { src: address })),
    new URL(
      `/w/${second}.js`,
      await page
        .locator("script[src]")
        .first()
        .evaluate((tag) => (tag as HTMLScriptElement).src),
    ).href,
  );
  await expect.poll(() => page.evaluate("vidhuk('why')")).toEqual({ [first]: "open", [second]: "another_open" });
  expect(await card(page).count()).toBe(1);
});

test("views are counted only where the owner counts them", async () => {
  const survey = await aSurvey({ count_views: true });
  const { page } = await visit(site, survey);
  await expect.poll(async () => (await metricsOf(survey)).shown).toBe(1);
  await page.getByRole("button", { name: "Close" }).click();
  await expect.poll(async () => (await metricsOf(survey)).dismissed).toBe(1);
});

/** The identity token of somebody who has just answered elsewhere, signed as the owner's server would. */
async function aTokenOfOneWhoAnswered(survey: string, id: string): Promise<string> {
  const { url, adminToken } = sharedCollector();
  const send = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" };
    return (await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const response = mintResponseId(Date.now(), randomBytes(10));
  await send("/v1/responses", { survey, id: response, nps: 9, respondent: { id } });
  const { id: kid, secret } = (await send(`/v1/surveys/${survey}/signing-keys`, {})) as { id: string; secret: string };
  const claims = { sub: id, aud: survey, exp: Math.floor(Date.now() / 1000) + 3600, kid };
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${payload}.${createHmac("sha256", secret).update(`id.v1.${payload}`).digest("base64url")}`;
}
