/** What a visitor does in the browser tests. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { Site } from "../pages/site.ts";
import { openCachedPage, openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";

export const score = (page: Page, value: number) => page.getByRole("radio", { name: `${value}`, exact: true });
export const card = (page: Page) => page.locator("vidhuk-survey section");
export const recommend = (page: Page) => page.getByRole("group", { name: "How likely are you to recommend" });
export const satisfied = (page: Page) => page.getByRole("group", { name: "How satisfied are you" });

/** A tap by the page itself: the driver would wait for what it sets off. */
export const tapUnawaited = (page: Page, value: number) =>
  page.evaluate((value) => {
    const { shadowRoot } = document.querySelector("vidhuk-survey")!;
    shadowRoot!.querySelectorAll("input")[value]!.click();
  }, value);

export type Visit = { page: Page; errors: string[] };

type VisitOptions = BrowserContextOptions & {
  name?: string;
  /** In a browser with a back/forward cache. */
  cached?: boolean;
  /** What is done in the visitor's browser before the page is asked for. */
  prepare?: (page: Page) => Promise<unknown>;
};

/** A visitor on a page of the site; whatever reaches the page's `onerror` or console is kept. */
export async function visit(
  site: Site,
  survey: string,
  { name = "shop", prepare, cached, ...options }: VisitOptions = {},
): Promise<Visit> {
  const page = await (cached ? openCachedPage : openPage)(options);
  await prepare?.(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // Chromium's own word on `document.write` is about the page, and meant for its author.
    if (/warning|error/.test(message.type()) && !/document\.write/.test(message.text())) errors.push(message.text());
  });
  await page.goto(site.page(name, survey));
  return { page, errors };
}

/** What the device keeps of us, parsed. */
export const kept = (page: Page, { url }: { url: string } = sharedCollector()) =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "null"), `vidhuk:${url}`);

/** The answers on their way that the device keeps, parsed. */
export const pending = (page: Page, { url }: { url: string } = sharedCollector()) =>
  page.evaluate(
    (prefix) =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(prefix))
        .map((name) => JSON.parse(localStorage.getItem(name)!) as { body: { id: string } & Record<string, unknown> }),
    `vidhuk:${url}/`,
  );

/** The reason of the only survey on the page. */
export const why = (page: Page) =>
  page.evaluate("vidhuk('why')").then((found) => Object.values(found as Record<string, string>)[0]);

export const expectVerdict = (page: Page, verdict: string) => expect.poll(() => why(page)).toBe(verdict);
