/**
 * The machines that open mails before people do. Each gets the links of one mail and does what its kind is known to do: by
 * scripts of the page's own world, or by a driver that tells the browser of a user's gesture, as drivers' `evaluate` does.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openPage } from "../support/chromium.ts";
import type { Mailed } from "./collector.ts";

export type Machine = (mail: Mailed) => Promise<unknown>;

const linksOf = (mail: Mailed) => [
  mail.url,
  ...Object.values(mail.score_urls.nps ?? {}),
  ...Object.values(mail.score_urls.csat ?? {}),
];

const preselected = (mail: Mailed) => mail.score_urls.nps?.["0"] as string;

async function getAll(urls: string[], init: RequestInit = {}) {
  const replies = await Promise.all(urls.map((url) => fetch(url, init)));
  await Promise.all(replies.map((reply) => reply.text()));
  return replies;
}

/** Lets a minute pass for the page's timers at once. Nothing is evaluated in the page. */
async function letPass(page: Page, ms: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const over = new Promise((resolve) => session.once("Emulation.virtualTimeBudgetExpired", resolve));
  await session.send("Emulation.setVirtualTimePolicy", { policy: "pauseIfNetworkFetchesPending", budget: ms });
  await over;
}

/** Runs `act` once on each page that it comes to, three in a row at most. */
const onEachPage = (act: string) => `addEventListener("load", () => setTimeout(() => {
  const round = Number(window.name || 0);
  if (round < 3) { window.name = round + 1; ${act} }
}, 20))`;

/** A browser that is not headless, as people have one: the tests' own browser has a name that shows it. */
export const PERSONS_BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

const CLICK_ALL = `for (const each of document.querySelectorAll("a, button, input, label, textarea, legend")) each.click();`;

/** The page is watched by its requests, because a question to the page itself would count as a gesture. */
async function actOnEachPage(mail: Mailed, act: string, posts = 1): Promise<void> {
  const page = await openPage();
  let posted = 0;
  page.on("response", (reply) => {
    if (reply.request().method() === "POST") posted++;
  });
  await page.addInitScript({ content: onEachPage(act) });
  await page.goto(preselected(mail));
  await expect.poll(() => posted, { timeout: 10_000 }).toBeGreaterThanOrEqual(posts);
  await page.waitForLoadState("networkidle");
}

/**
 * A driver opens the link and runs `act`, for which the browser reports a user's gesture; it does so twice, because of the box.
 */
async function drive(mail: Mailed, act: string): Promise<void> {
  const page = await openPage({ userAgent: PERSONS_BROWSER });
  await page.goto(preselected(mail));
  const driver = await page.context().newCDPSession(page);
  for (let round = 0; round < 2; round++) {
    // Where the act leads away from the page, its own end may never be told; a driver waits for it no longer than this.
    const left = page.waitForEvent("framenavigated", { timeout: 5_000 }).catch(() => {});
    await Promise.race([driver.send("Runtime.evaluate", { expression: act, userGesture: true }).catch(() => {}), left]);
    await page.waitForLoadState("networkidle");
  }
}

const TICK_AND_FILL = `for (const each of document.querySelectorAll("input[type=checkbox]")) each.click();
  document.querySelector("textarea").value = "x";`;

export const machines: Record<string, Machine> = {
  "a scanner that gets every link at once": (mail) => getAll(linksOf(mail)),
  "a scanner that asks HEAD of every link": (mail) => getAll(linksOf(mail), { method: "HEAD" }),
  "a link unfurler": (mail) =>
    getAll([preselected(mail)], { headers: { "User-Agent": "Slackbot-LinkExpanding 1.0", Range: "bytes=0-32768" } }),
  "a headless Chromium that runs scripts and waits 60 s": async (mail) => {
    const page = await openPage();
    await page.goto(preselected(mail));
    await letPass(page, 60_000);
  },
  "a script that calls form.submit()": (mail) => actOnEachPage(mail, "document.forms[0].submit()", 3),
  "a script that calls requestSubmit()": (mail) => actOnEachPage(mail, "document.forms[0].requestSubmit()"),
  "a script that calls click() on whatever it finds": (mail) => actOnEachPage(mail, CLICK_ALL),
  "a script that ticks every box, fills every field and submits": (mail) =>
    actOnEachPage(
      mail,
      `for (const each of document.querySelectorAll("input, textarea")) { each.checked = true; if (each.type === "textarea") each.value = "x" }
       document.forms[0].requestSubmit()`,
      3,
    ),
  "a script that plays mouse and keyboard": (mail) =>
    actOnEachPage(
      mail,
      `for (const each of document.querySelectorAll("button, input, label"))
         for (const type of ["pointerdown", "mousedown", "keydown", "pointerup", "mouseup", "keyup", "click"])
           each.dispatchEvent(new (type.startsWith("key") ? KeyboardEvent : PointerEvent)(type, { bubbles: true, cancelable: true, key: "Enter" }));`,
    ),
  "a driver's click()": (mail) => drive(mail, "document.querySelector('button').click()"),
  "a driver's requestSubmit()": (mail) => drive(mail, "document.forms[0].requestSubmit()"),
  "a driver's submit()": (mail) => drive(mail, "document.forms[0].submit()"),
  "a driver that ticks the box, fills in and submits": (mail) =>
    drive(mail, `${TICK_AND_FILL} document.forms[0].requestSubmit()`),
  "a driver that clicks whatever it finds": (mail) => drive(mail, CLICK_ALL),
  "a driver that plays mouse, finger and keyboard": (mail) =>
    drive(
      mail,
      `for (const each of document.querySelectorAll("button, input, label, textarea")) {
         for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
           each.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, isPrimary: true, pointerType: "mouse" }));
         for (const type of ["keydown", "keypress", "keyup"])
           each.dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, key: "Enter", keyCode: 13 }));
         each.dispatchEvent(new TouchEvent("touchend", { bubbles: true, cancelable: true }));
       }
       document.forms[0].requestSubmit()`,
    ),
  "a driver that types by the page's own editing commands": (mail) =>
    drive(
      mail,
      `document.querySelector("textarea").focus(); document.execCommand("insertText", false, "x");
       document.forms[0].requestSubmit(document.querySelector("button"))`,
    ),
  "a driver that writes the proof into the form by hand as pages of before had it": (mail) =>
    drive(
      mail,
      `const form = document.forms[0];
       form.addEventListener("formdata", (event) => event.formData.set("proof", "1")); form.requestSubmit()`,
    ),
  "prefetch and prerender": async (mail) => {
    const page = await openPage();
    const { origin, pathname, search } = new URL(preselected(mail));
    const rules = JSON.stringify({ prerender: [{ source: "list", urls: [pathname + search] }] });
    await page.route(`${origin}/mail`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<link rel="prefetch" href="${pathname}?nps=1"><script type="speculationrules">${rules}</script>Mail`,
      }),
    );
    const fetched = page.context().waitForEvent("request", (request) => request.url().includes("/r/"));
    await page.goto(`${origin}/mail`);
    await fetched;
    await page.waitForLoadState("networkidle");
    await getAll(linksOf(mail), { headers: { "Sec-Purpose": "prefetch;prerender" } });
  },
  "a mail gateway that rewrites and scrambles parameters": (mail) =>
    getAll(
      [
        "?nps=99",
        "?nps=9&nps=0",
        "?amp;nps=9",
        "?nps=9%3Bcsat%3D1",
        "?%6Eps=0",
        "?nps=0&js=2&proof=1&tick=1&noscript=1",
      ].map((query) => mail.url + query),
    ),
  "a redirector that opens the link first": async (mail) => {
    const server = createServer((_, reply) => reply.writeHead(302, { Location: preselected(mail) }).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const through = `http://127.0.0.1:${(server.address() as AddressInfo).port}/click?u=1`;
    await getAll([through]);
    const page = await openPage();
    await page.goto(through);
    await page.waitForLoadState("networkidle");
    server.close();
  },
  "a script that posts scores without a page": async (mail) => {
    const form = { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    await getAll([mail.url], { ...form, body: "nps=0" });
    await getAll([mail.url], { ...form, body: "nps=0&js=2&proof=1" });
    await getAll([mail.url], { ...form, body: "List-Unsubscribe=One-Click&nps=0&noscript=1" });
  },
};
