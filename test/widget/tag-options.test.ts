/** The options of the tag, as attributes and in the script's address: tag managers keep the address alone. */
import { expect, test } from "vitest";
import type { ResponseBody } from "../../shared/schema/response.ts";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { aSurvey } from "./collector.ts";

const site = await openSite();

/** Opens a page whose script carries these, answers 9 in Ukrainian, and gives what is sent. */
async function answerWith({ options = "", attributes = {} }: { options?: string; attributes?: object }) {
  const page = await openPage();
  const query = new URLSearchParams({ options, attributes: JSON.stringify(attributes) });
  await page.goto(`${site.page("managed", await aSurvey())}&${query}`);
  const score = page.getByRole("group", { name: /Наскільки ймовірно/ }).getByRole("radio", { name: "9", exact: true });
  await score.waitFor();
  const isInPlace = await page.evaluate(() => document.querySelector("#box vidhuk-survey") !== null);
  const sent = page.waitForRequest("**/v1/responses");
  await score.click();
  return { isInPlace, body: (await sent).postDataJSON() as ResponseBody };
}

test("a script put in by code gets language, place, test mode and properties from its address alone", async () => {
  const { isInPlace, body } = await answerWith({ options: "?lang=uk&target=%23box&test=1&p.plan=pro&v=7" });
  expect(isInPlace).toBe(true);
  expect(body).toMatchObject({ locale: "uk", test: true, properties: { plan: "pro" }, nps: 9 });
});

test("attributes alone say the same, properties too", async () => {
  const attributes = { lang: "uk", "data-target": "#box", "data-test": "", "data-p-plan": "pro" };
  const { isInPlace, body } = await answerWith({ attributes });
  expect(isInPlace).toBe(true);
  expect(body).toMatchObject({ locale: "uk", test: true, properties: { plan: "pro" } });
});

test("address and attributes are merged, and a property of both is that of the attribute", async () => {
  const { isInPlace, body } = await answerWith({
    options: "?lang=uk&p.plan=free&p.Branch=Lviv",
    attributes: { "data-target": "#box", "data-p-plan": "pro", "data-p-shop": "12" },
  });
  expect(isInPlace).toBe(true);
  expect(body.test).toBeUndefined();
  expect(body.properties).toEqual({ plan: "pro", Branch: "Lviv", shop: "12" });
});

test("a property that is too long is cut after 200 characters, and no emoji in half", async () => {
  const { body } = await answerWith({
    attributes: { lang: "uk", "data-target": "#box", "data-p-plan": `a${"😀".repeat(250)}` },
  });
  expect(body.properties).toEqual({ plan: `a${"😀".repeat(199)}` });
});

test("what the page says of its visitor counts more than its tag, and the rest stays", async () => {
  const page = await openPage({ locale: "en" });
  const query = new URLSearchParams({ options: "?p.plan=free&p.shop=12" });
  await page.addInitScript(`(window.vidhuk = function () { (vidhuk.q = vidhuk.q || []).push(arguments); })(
    "identify", { properties: { plan: "pro" } })`);
  await page.goto(`${site.page("managed", await aSurvey())}&${query}`);
  const sent = page.waitForRequest("**/v1/responses");
  await page.getByRole("radio", { name: "9", exact: true }).click();
  expect((await sent).postDataJSON().properties).toEqual({ plan: "pro", shop: "12" });
});
