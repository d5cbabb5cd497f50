/** Nobody is locked out: with a mouse, a keyboard, a finger, without scripts, or with a browser that hides what it can. */
import type { Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { anInvitation, aSurvey, commentsOf, countOf, distributionOf } from "./collector.ts";
import { PERSONS_BROWSER } from "./machines.ts";

const nine = async () => {
  const mail = await anInvitation();
  return { ...mail, link: mail.score_urls.nps?.["9"] as string };
};
const voted = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];

describe("a person answers", () => {
  it("with the keyboard alone, and may change the score that the link chose", async () => {
    const { survey, link } = await nine();
    const page = await openPage();
    await page.goto(link);
    await page.keyboard.press("Tab");
    expect(
      await page.getByRole("radio", { name: "9 out of 10" }).evaluate((radio) => radio === document.activeElement),
    ).toBe(true);
    await page.keyboard.press("ArrowRight");
    await page.getByText("You chose 9.").waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it("with a finger", async () => {
    const { survey, link } = await nine();
    const page = await openPage({ hasTouch: true, isMobile: true, viewport: { width: 320, height: 640 } });
    await page.goto(link);
    await page.getByRole("button", { name: "Send" }).tap();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
  });

  it("with scripts off", async () => {
    const { survey, link } = await nine();
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto(link);
    await page.getByRole("textbox").fill("no scripts here");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
    expect((await commentsOf(survey))[0]?.flags).toContain("no_proof");
  });

  it("pressing Send twice, once", async () => {
    const { survey, link } = await nine();
    const page = await openPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await countOf(survey)).toBe(1);
  });

  it("by an open link, and again after going back: one response, changed", async () => {
    const survey = await aSurvey();
    const page = await openPage();
    await page.goto(`${sharedCollector().url}/s/${survey}?nps=3`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "frank" }).waitFor();
    await page.goBack();
    await page.getByRole("radio", { name: "8 out of 10" }).check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });

  it("by an open link without scripts, and changes it under the thanks, at an address that lets nobody else", async () => {
    const survey = await aSurvey();
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto(`${sharedCollector().url}/s/${survey}?nps=3`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Change my answer" }).click();
    await page.getByText("You chose 3.").waitFor();
    const copied = page.url();
    await page.getByRole("radio", { name: "8 out of 10" }).check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);

    const another = await openPage();
    await another.goto(copied);
    await another.getByRole("radio", { name: "10 out of 10" }).check();
    await another.getByRole("button", { name: "Send" }).click();
    await another.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
  });

  it("taking the second that a reader needs, without any flag", async () => {
    const { survey, link } = await nine();
    const page = await openPage({ userAgent: PERSONS_BROWSER });
    // The browser says that no driver controls it.
    await page.addInitScript({ content: "delete Navigator.prototype.webdriver" });
    await page.goto(link);
    await page.getByRole("textbox").pressSequentially("a second", { delay: 150 });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect((await commentsOf(survey))[0]?.flags).toEqual([]);
  });
});

describe("a person whose browser hides things", () => {
  const NO_ACTIVATION = "delete Navigator.prototype.userActivation;";
  const swallow = (...types: string[]) =>
    `for (const type of ${JSON.stringify(types)}) addEventListener(type, (event) => event.stopImmediatePropagation(), true);`;
  const SWALLOW = swallow("pointerdown", "keydown", "click");
  const SWALLOW_ALL = swallow(
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "touchend",
    "keydown",
    "keyup",
    "click",
  );
  const UNDRIVEN = "delete Navigator.prototype.webdriver;";

  it("an extension that keeps the usual events from the page: the others count", async () => {
    const { survey, link } = await nine();
    const page = await openPage();
    await page.addInitScript({ content: SWALLOW });
    await page.goto(link);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
  });

  it("an extension that follows links by keys and presses Send itself", async () => {
    const { survey, link } = await nine();
    const page = await openPage();
    const hints = `addEventListener("keydown", (event) => { event.stopImmediatePropagation(); if (event.key === "a") document.querySelector("button").click() }, true);`;
    await page.addInitScript({ content: hints });
    await page.goto(link);
    await page.keyboard.press("f");
    await page.keyboard.press("a");
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
  });

  it("a hardened browser that knows of no gestures", async () => {
    const { survey, link } = await nine();
    const page = await openPage();
    await page.addInitScript({ content: NO_ACTIVATION });
    await page.goto(link);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
  });

  const boxed: [name: string, prepare: (page: Awaited<ReturnType<typeof openPage>>) => Promise<unknown>][] = [
    ["both at once", (page) => page.addInitScript({ content: UNDRIVEN + NO_ACTIVATION + SWALLOW_ALL })],
    [
      "an extension that keeps every event from the page",
      (page) => page.addInitScript({ content: UNDRIVEN + SWALLOW_ALL }),
    ],
    ["a page that was open before this version", (page) => page.route("**/r/**", asBefore)],
    [
      "a filter that takes scripts out of pages on their way",
      (page) =>
        page.route("**/r/**", async (route) => {
          const reply = await route.fetch();
          await route.fulfill({ response: reply, body: (await reply.text()).replace(/<script.*?<\/script>/gs, "") });
        }),
    ],
    [
      "a policy that forbids scripts",
      (page) =>
        page.route("**/r/**", async (route) => {
          const reply = await route.fetch();
          const policy = (reply.headers()["content-security-policy"] ?? "").replace(
            /script-src[^;]*/,
            "script-src 'none'",
          );
          await route.fulfill({ response: reply, headers: { ...reply.headers(), "content-security-policy": policy } });
        }),
    ],
  ];

  it.each(boxed)("%s: ticks a box, keeping what was filled in", async (_, prepare) => {
    const { survey, link } = await nine();
    const page = await openPage();
    await prepare(page);
    await page.goto(link);
    await page.getByRole("textbox").fill("still here");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("checkbox", { name: "Send my answer" }).check();
    expect(await page.getByRole("textbox").inputValue()).toBe("still here");
    expect(await countOf(survey)).toBe(0);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual(voted);
  });
});

/**
 * Gives the page the older script, which took the browser's report of a gesture as proof; once, as in a tab that stayed open.
 */
async function asBefore(route: Route): Promise<void> {
  if (route.request().method() !== "GET") return route.continue();
  const reply = await route.fetch();
  const text = await reply.text();
  const script = `(()=>{const f=document.forms[0],u=navigator.userActivation;
const put=(n,v)=>{const i=f.elements[n]||f.appendChild(Object.assign(document.createElement("input"),{type:"hidden",name:n}));i.value=v};
put("js",u?2:1);for(const t of["pointerdown","keydown","click"])addEventListener(t,e=>{if(e.isTrusted)put("proof",1)},true);
f.addEventListener("formdata",e=>{if(u&&u.hasBeenActive)e.formData.set("proof","1")})})()`;
  const body = text.replace(/(<script nonce="[^"]+">).*?(<\/script>)/s, (_, open, close) => open + script + close);
  await route.fulfill({ response: reply, body });
}

describe("a long comment", () => {
  const sent = async (survey: string) => (await commentsOf(survey))[0]?.comment;

  it("of 1,500 pasted emoji arrives whole", async () => {
    const survey = await aSurvey();
    const page = await openPage();
    await page.goto(`${sharedCollector().url}/s/${survey}`);
    await page.getByRole("textbox").fill("😀".repeat(1500));
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    expect(await sent(survey)).toBe("😀".repeat(1500));
  });

  it.each([true, false])(
    "that is too long comes back whole with by how much (scripts: %s)",
    async (javaScriptEnabled) => {
      const survey = await aSurvey();
      const page = await openPage({ javaScriptEnabled });
      const long = `${"e\u0301\n".repeat(700)}end`;
      await page.goto(`${sharedCollector().url}/s/${survey}?nps=3`);
      const box = page.getByRole("textbox");
      await box.fill(long);
      if (javaScriptEnabled) {
        expect(await page.locator("#count").textContent()).toBe("2103 / 2000");
        expect(await box.evaluate((each: HTMLTextAreaElement) => each.validationMessage)).toContain("Too long by 103:");
      }
      await page.getByRole("button", { name: "Send" }).click();
      if (!javaScriptEnabled) await page.getByText("Too long by 103:").waitFor();
      expect(await box.inputValue()).toBe(long);
      expect(await countOf(survey)).toBe(0);
      await box.fill(long.slice(0, 2000));
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByRole("heading", { name: "frank" }).waitFor();
      expect(await sent(survey)).toBe(long.slice(0, 2000).trim());
    },
  );
});

describe('confirm: "gesture"', () => {
  it("saves the preselected score at the first gesture, and the one that it is changed to", async () => {
    const mail = await anInvitation({ confirm: "gesture" });
    const page = await openPage();
    await page.goto(mail.score_urls.nps?.["9"] as string);
    await page.getByRole("heading", { name: "Lumen" }).click();
    await expect.poll(() => distributionOf(mail.survey)).toEqual(voted);
    await page.getByRole("radio", { name: "2 out of 10" }).check();
    await expect.poll(async () => (await distributionOf(mail.survey))?.[2]).toBe(1);
    expect(await countOf(mail.survey)).toBe(1);
  });

  it("does not save the score of the link when the first gesture is another score", async () => {
    const mail = await anInvitation({ confirm: "gesture" });
    const page = await openPage();
    await page.goto(mail.score_urls.nps?.["9"] as string);
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await page.getByRole("radio", { name: "2 out of 10" }).check();
    await expect.poll(async () => (await distributionOf(mail.survey))?.[2]).toBe(1);
    expect(sent.filter((body) => body.includes("nps=9"))).toEqual([]);
  });

  it("leaves the comment to Send", async () => {
    const mail = await anInvitation({ confirm: "gesture" });
    const page = await openPage();
    await page.goto(mail.score_urls.nps?.["9"] as string);
    await page.getByRole("textbox").pressSequentially("half a tho");
    await expect.poll(() => distributionOf(mail.survey)).toEqual(voted);
    expect(await commentsOf(mail.survey)).toEqual([]);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect((await commentsOf(mail.survey))[0]).toMatchObject({ comment: "half a tho" });
  });
});
