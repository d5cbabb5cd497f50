/** What pages put in the place of the browser's own functions: the visitor is asked, and no answer is lost. */
import { expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { aSurvey, metricsOf } from "./collector.ts";
import { satisfied, score, visit } from "./visitor.ts";

const site = await openSite();

/** Done by the page's own script, before the tag. */
const habits: Record<string, string> = {
  "fetch, to add its headers": `
    const own = fetch;
    window.fetch = (url, init = {}) => {
      const headers = new Headers(init.headers);
      for (const name of ["traceparent", "baggage", "X-Requested-With", "X-CSRF-Token"]) headers.set(name, "a=b");
      return own(url, { ...init, headers });
    };`,
  "fetch, to send its cookies along": `
    const own = fetch;
    window.fetch = (url, init) => own(url, { ...init, credentials: "include" });`,
  "fetch, to give what it has read": `
    const own = fetch;
    window.fetch = (...about) => own(...about).then((response) => response.json());`,
  "fetch, to give nothing": "window.fetch = () => undefined;",
  "fetch, to fail": 'window.fetch = () => { throw new Error("no fetch here"); };',
  "fetch, by a name of its own": "const fetch = { get() {} };",
  "JSON, by the toJSON of an old library": `
    for (const type of [String, Number, Array, Boolean])
      type.prototype.toJSON = function () { return JSON.stringify([String(this)]); };`,
  "Promise, by an old one": `
    const Own = Promise;
    window.Promise = function (act) { return new Own(act); };
    window.Promise.prototype = Own.prototype;
    for (const name of ["resolve", "reject", "all", "race"]) window.Promise[name] = (about) => Own[name](about);`,
  "CustomEvent, by an old one": `
    window.CustomEvent = function (type, about) {
      const event = document.createEvent("CustomEvent");
      event.initCustomEvent(type, false, false, about && about.detail);
      return event;
    };`,
  "CustomEvent, by nothing": "window.CustomEvent = undefined;",
  "addEventListener, by one that knows no options": `
    const own = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, act, options) { own.call(this, type, act, !!options); };`,
  "addEventListener, by one that fails": `
    window.addEventListener = () => { throw new Error("no listeners here"); };`,
  "localStorage, to fail": `
    Object.defineProperty(window, "localStorage", { get() { throw new Error("no storage here"); } });`,
  "localStorage, by a wrapper": `
    const own = localStorage;
    Object.defineProperty(window, "localStorage", { value: { getItem: (name) => own.getItem(name), setItem() {} } });`,
  "crypto, to fail": 'crypto.getRandomValues = () => { throw new Error("no chance here"); };',
  "crypto, by a name of its own": "const crypto = { MD5() {} };",
  "Date, by a clock in fractions":
    "const start = Date.now() - performance.now(); Date.now = () => start + performance.now();",
  "Date, by one that stands still": "Date.now = () => 0;",
  "Date, by one that gives none": "Date.now = () => NaN;",
  "URL, by a name of its own": 'var URL = "https://shop.example/";',
  "Object's prototype, with more in it": "Object.prototype.extend = function () {};",
  "what it says of its visitor, which fails": `
    window.vidhuk = function () { (vidhuk.q = vidhuk.q || []).push(arguments); };
    vidhuk("identify", { properties: { get plan() { throw new Error("no plan here"); } } });`,
};

test.each(Object.entries(habits))("a page that replaces %s", async (_, script) => {
  const survey = await aSurvey({ questions: ["nps", "csat"] });
  const { page, errors } = await visit(site, survey, { prepare: (page) => page.addInitScript({ content: script }) });
  await score(page, 9).click();
  await satisfied(page).or(page.getByText("Thank you").first()).waitFor();
  await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[9]).toBe(1);
  if (await satisfied(page).isVisible()) {
    await score(page, 4).click();
    await expect.poll(async () => (await metricsOf(survey)).csat?.distribution[3]).toBe(1);
  }
  expect((await metricsOf(survey)).responses).toBe(1);
  // The widget's own warnings, and the browser's on the page's requests.
  expect(errors.filter((text) => !/^(vidhuk:|Access to fetch|Failed to load resource)/.test(text))).toEqual([]);
});
