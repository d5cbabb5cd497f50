import { describe, expect, it } from "vitest";
import { helpFor, helpPages, hrefOfHelp, signInHelp } from "../../../dashboard/address/help-pages.ts";
import { routes } from "../../../dashboard/address/routes.ts";
import { idOf, renderDocs } from "../../../scripts/build-docs.ts";
import { limits } from "../../../shared/limits.ts";
import { LOW_SAMPLE } from "../../../shared/score.ts";

const pages = await renderDocs();
const html = new Map(pages.map((page) => [page.name, page.html]));

/** Whether `address`, such as `widget#the-tag`, leads to a page and to a heading on it. */
function resolves(address: string): boolean {
  const [name = "", id] = address.split("#");
  const page = html.get(name);
  return page !== undefined && (id === undefined || page.includes(` id="${id}"`));
}

/** Where the links of a page lead that lead to another page of ours, as `name#id`. */
function linksOf(page: string, name: string): string[] {
  const hrefs = [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href = ""]) => href);
  return hrefs
    .filter((href) => !href.startsWith("https://") && href !== "#main" && href !== "/dashboard/")
    .map((href) => (href.startsWith("#") ? name + href : href));
}

describe("the documents beside the dashboard", () => {
  it.each(helpPages)("hold %s, to which the dashboard's help leads", (address) => {
    expect(resolves(address)).toBe(true);
  });

  it.each(pages)("lead from $name to pages and headings that are there", ({ name, html: page }) => {
    const links = linksOf(page, name);
    expect(links.filter((link) => !resolves(link))).toEqual([]);
    expect(links.length).toBeGreaterThanOrEqual(pages.length);
  });

  it.each(pages)("have in $name a title, a language, ids that differ, and nothing that runs or loads", (page) => {
    expect(page.title).not.toBe("");
    expect(page.html).toContain(`<title>${page.title.replaceAll("&", "&amp;")} · Vidhuk</title>`);
    expect(page.html).toMatch(/^<!doctype html>\n<html lang="en">/);
    const ids = [...page.html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    // Pictures of our own, from beside the documents.
    const others = page.html.replaceAll(/<img src="messages\/\w+\.webp" alt="[^"<>]*" loading="lazy">/g, "");
    expect(others).not.toMatch(/<(script|iframe|img|style|base|form)\b|\sstyle=|\son\w+=/);
    expect(page.html.match(/<link [^>]*>/g)?.map((link) => /href="([^"]*)"/.exec(link)?.[1])).toEqual([
      "/icon.svg",
      "docs.css",
    ]);
  });

  it("lose no link of the Markdown but those to files of the project", () => {
    const leading = (text: string) => text.match(/\]\(((?:[\w-]+\.md)?(?:#[\w-]+)?|https:[^)]+)\)/g)?.length ?? 0;
    for (const { html: page, markdown, name } of pages) {
      const main = /<main[^>]*>(.*)<\/main>/s.exec(page)?.[1] ?? "";
      expect([name, main.match(/<a href/g)?.length ?? 0]).toEqual([name, leading(markdown)]);
    }
  });

  it("say the figures that hold", () => {
    expect(html.get("dashboard")).toContain(`fewer than ${LOW_SAMPLE} answers`);
    expect(html.get("dashboard")).toContain(`is good for ${limits.signInCodeMinutes} minutes`);
    expect(html.get("dashboard")).toMatch(new RegExp(`good for ${limits.signInCodeDaysMost} days\\b`));
    expect(html.get("dashboard")).toContain(`at most ${limits.combinedSurveys}.`);
  });

  it("explain each view, each section of the settings, and the sign-in", () => {
    for (const { pattern } of Object.values(routes)) {
      const path = pattern.split("/").filter((part) => part && !part.endsWith("?"));
      expect(helpFor({ path })).toMatch(/^\/docs\/dashboard#[a-z-]+$/);
    }
    expect(helpFor({ path: ["s", "srv_1", "settings", "audience"] })).toBe("/docs/widget#when-it-asks");
    expect(helpFor({ path: ["s", "srv_1", "settings", "constructor"] })).toBe("/docs/dashboard#settings");
    expect(helpFor({ path: ["nowhere", "at", "all"] })).toBe("/docs/dashboard");
    expect(hrefOfHelp(signInHelp)).toBe("/docs/dashboard#signing-in");
  });
});

it.each([
  ["When it asks", "when-it-asks"],
  ["Live figures: why a plain Worker polls", "live-figures-why-a-plain-worker-polls"],
  ["`npm start` says exec", "npm-start-says-exec"],
  ["Що це?", "що-це"],
])("the heading %s has the id %s", (heading, id) => {
  expect(idOf(heading)).toBe(id);
});
