import { describe, expect, it } from "vitest";
import { renderDocs } from "../../scripts/build-docs.ts";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { expectAccessible } from "./support/axe.ts";
import { aSurvey, openDashboard } from "./support/dashboard.ts";

const names = (await renderDocs()).map(({ name }) => name);

describe("the documents beside the dashboard", () => {
  it("do not scroll sideways on a phone", async () => {
    const page = await openPage({ viewport: { width: 320, height: 640 } });
    for (const name of names) {
      await page.goto(`${sharedCollector().url}/docs/${name}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([name, tooWide <= 0]).toEqual([name, true]);
    }
  });

  // One template and one style sheet: this page has every kind of thing that the others have.
  it.each(["light", "dark"] as const)("have no fault of WCAG 2.2 AA in %s", async (colorScheme) => {
    const page = await openPage({ colorScheme, viewport: { width: colorScheme === "dark" ? 320 : 1280, height: 640 } });
    await page.goto(`${sharedCollector().url}/docs/deploy`);
    for (const kind of ["pre", "table", "ol", "code", "h2", "nav ul ul"])
      expect([kind, await page.locator(kind).count()]).not.toEqual([kind, 0]);
    await expectAccessible(page);
  });

  it("have the pictures that they show, each with a text for whoever does not see it", async () => {
    const page = await openPage({ viewport: { width: 320, height: 640 } });
    await page.goto(`${sharedCollector().url}/docs/webhooks`);
    const pictures = await page.locator("main img").all();
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) {
      await picture.scrollIntoViewIfNeeded();
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
      expect((await picture.getAttribute("alt"))?.length).toBeGreaterThan(20);
    }
    await expectAccessible(page);
  });

  it("run nothing and load nothing from elsewhere, and their folder leads to the first", async () => {
    const reply = await fetch(`${sharedCollector().url}/docs/`);
    expect([reply.status, new URL(reply.url).pathname]).toEqual([200, "/docs/dashboard"]);
    expect(reply.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("are one press away from each view, at the right place", async () => {
    const survey = await aSurvey();
    const page = await openDashboard({ path: `/s/${survey.id}/settings/audience` });
    const help = page.getByRole("link", { name: "Help", exact: true });
    const [opened] = await Promise.all([page.waitForEvent("popup"), help.click()]);
    await opened.getByRole("heading", { name: "When it asks" }).waitFor();
    expect(new URL(opened.url()).hash).toBe("#when-it-asks");
    await page.evaluate(() => {
      location.hash = "#/";
    });
    await page.getByRole("heading", { name: "All surveys" }).waitFor();
    expect(await help.getAttribute("href")).toBe("/docs/dashboard#all-surveys");
  });
});
