/** Nobody is locked out: with a mouse, a keyboard, a finger, without scripts, or with a browser that hides what it can. */
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { anInvitation, aSurvey, commentsOf, countOf, distributionOf } from "./collector.ts";

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
    // A browser with a head, as people have: the test's own would be flagged by its name.
    const page = await openPage({
      userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36",
    });
    await page.goto(link);
    await page.getByRole("textbox").pressSequentially("a second", { delay: 150 });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect((await commentsOf(survey))[0]?.flags).toEqual([]);
  });
});

describe("a person whose browser hides things", () => {
  const NO_ACTIVATION = "delete Navigator.prototype.userActivation;";
  const SWALLOW = `for (const type of ["pointerdown", "keydown", "click"]) addEventListener(type, (event) => event.stopImmediatePropagation(), true);`;

  it("an extension that keeps events from the page: the browser's own word counts", async () => {
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
    const hints = `addEventListener("keydown", (event) => { event.stopImmediatePropagation(); if (event.key === "f") document.querySelector("button").click() }, true);`;
    await page.addInitScript({ content: hints });
    await page.goto(link);
    await page.keyboard.press("f");
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
    ["both at once", (page) => page.addInitScript({ content: NO_ACTIVATION + SWALLOW })],
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
