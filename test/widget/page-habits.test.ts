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
  "sessionStorage, to fail": `
    Object.defineProperty(window, "sessionStorage", { get() { throw new Error("no storage here"); } });`,
  "Array.from, by an old library": `
    Array.from = function (about) { const all = []; for (let i = 0; about && i < about.length; i++) all.push(about[i]); return all; };`,
  "flat, by an old library": `
    Array.prototype.flat = function () { return [].concat.apply([], this); };
    Array.prototype.flatMap = function (act) { return [].concat.apply([], this.map(act)); };`,
  "Event, by an old library": "window.Event = function () { this.page = {}; };",
  "MutationObserver, by nothing": "window.MutationObserver = undefined;",
  "MutationObserver, by one that hears nothing": `
    window.MutationObserver = class { observe() {} disconnect() {} takeRecords() { return []; } };`,
  "AbortController, by an old one": `
    window.AbortController = function () {
      const signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
      this.signal = signal;
      this.abort = () => { signal.aborted = true; };
    };`,
  "matchMedia, by nothing": "window.matchMedia = undefined;",
  "Math.random, by one that is always the same": "Math.random = () => 0;",
  "the console, by nothing": "window.console = undefined;",
  "the timers, by slow ones": `
    const own = setTimeout;
    window.setTimeout = (act, ms, ...about) => own(() => act.apply(window, about), (ms || 0) + 20);`,
  "attachShadow, to close all roots": `
    const own = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (about) { return own.call(this, { ...about, mode: "open" }); };`,
  "Object.entries, to leave out what is inherited in its own way": `
    Object.entries = (about) => { const all = []; for (const name in about) if (about.hasOwnProperty(name)) all.push([name, about[name]]); return all; };`,
  "replaceAll, by an old one": `
    String.prototype.replaceAll = function (what, by) { return what instanceof RegExp ? this.replace(what, by) : this.split(what).join(by); };`,
  "append and remove, by old ones": `
    Element.prototype.append = function (...all) { for (const each of all) this.appendChild(each instanceof Node ? each : document.createTextNode(String(each))); };
    Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); };`,
  "performance.now, by one that stands still": "performance.now = () => 0;",
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
