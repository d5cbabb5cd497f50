/** The widget and the linked page in Firefox; the tests beside these know Chromium alone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import { firefoxPath, keys, openFirefox } from "../support/firefox.ts";
import { ask } from "../support/shared-collector.ts";
import { aSurvey, commentsOf, metricsOf } from "../widget/collector.ts";
import { openSite } from "./site.ts";

describe.skipIf(!firefoxPath)("in Firefox, where one is installed", () => {
  let firefox: Awaited<ReturnType<typeof openFirefox>>;
  beforeAll(async () => {
    firefox = await openFirefox(firefoxPath!);
  }, 60_000);
  afterAll(() => firefox?.close());

  test("the widget takes a click, then a score chosen with the arrow keys", async () => {
    const site = await openSite();
    const survey = await aSurvey({ questions: ["nps", "csat"], trigger: { type: "delay", seconds: 0 } });
    const root = "document.querySelector('vidhuk-survey')?.shadowRoot";
    await firefox.goto(site.page("plain", survey));
    await firefox.until(`${root}?.querySelectorAll("input").length === 11`);
    await firefox.until(`${root}.querySelector("section").getAnimations({ subtree: true }).length === 0`);
    // A tap before a person can have read the question answers nothing.
    await firefox.evaluate("new Promise((resolve) => setTimeout(resolve, 600))");
    await firefox.click(`${root}.querySelectorAll("label")[9]`);
    await firefox.until(`${root}?.querySelectorAll("input").length === 5`);
    await firefox.evaluate(`${root}.querySelector("input").focus()`);
    await firefox.press(keys.right, keys.right, keys.enter);
    await firefox.until(`/thank/i.test(${root}?.textContent)`);
    await expect
      .poll(() => metricsOf(survey))
      .toMatchObject({
        responses: 1,
        nps: { distribution: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] },
        csat: { distribution: [0, 0, 1, 0, 0] },
      });
  });

  test.each(["component", "native-component", "rest-hidden"])(
    "the widget waits for a modal of the make %s",
    async (kind) => {
      const site = await openSite();
      const survey = await aSurvey({ trigger: { type: "delay", seconds: 0 } });
      await firefox.goto(site.page(`modals/${kind}`, survey));
      await firefox.until("vidhuk('why').then((found) => Object.values(found)[0] === 'show')");
      await firefox.until(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('/widget/survey-'))",
      );
      // Longer than the widget takes between two looks at the page.
      await firefox.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))");
      expect(await firefox.evaluate("!!document.querySelector('vidhuk-survey')")).toBe(false);
      await firefox.evaluate("close()");
      await firefox.until("!!document.querySelector('vidhuk-survey')");
    },
  );

  test("words that were typed and not sent come back on the next page, and are cut to what the collector takes", async () => {
    const site = await openSite();
    const survey = await aSurvey({ questions: ["comment"], trigger: { type: "delay", seconds: 0 } });
    const area = "document.querySelector('vidhuk-survey')?.shadowRoot.querySelector('textarea')";
    await firefox.goto(site.page("plain", survey));
    await firefox.until(`!!${area}`);
    await firefox.evaluate(`${area}.focus()`);
    await firefox.press(..."slow");
    await firefox.goto(site.page("plain", survey));
    await firefox.until(`${area}?.value === "slow"`);
    await firefox.evaluate(`{
      const area = ${area};
      area.value = "  " + "😀".repeat(2001);
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      area.form.requestSubmit();
    }`);
    await expect.poll(async () => (await commentsOf(survey))[0]?.comment === "😀".repeat(2000)).toBe(true);
  });

  test("the linked page takes the keyboard, and the score that the link chose may be changed", async () => {
    const survey = await aSurvey();
    const people = { respondents: [{ id: "ann" }] };
    const { invitations } = await ask<InvitationsReply>(`/v1/surveys/${survey}/invitations`, "POST", people);
    await firefox.goto(invitations[0]!.score_urls.nps!["9"]!);
    await firefox.press(keys.tab, keys.right, keys.enter);
    await firefox.until('document.querySelector("h1")?.textContent.includes("Thank you")');
    expect(await metricsOf(survey)).toMatchObject({
      responses: 1,
      nps: { distribution: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
    });
  });
});
