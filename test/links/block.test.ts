/**
 * The mail block. What each client drops is looked up in caniemail's data; what the Word engine wants is checked by rule, for
 * no Word is to be had here; sizes and places are measured in Chromium.
 */
import { caniemail } from "caniemail";
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { ask } from "../support/shared-collector.ts";
import { aSurvey } from "./collector.ts";

type Block = { html: string; text: string };

async function aBlock(query: Record<string, string> = {}, settings = {}): Promise<Block> {
  const survey = await aSurvey(settings);
  const asked = new URLSearchParams({ link: "https://surveys.shop.example/r/token", ...query });
  return ask<Block>(`/v1/surveys/${survey}/email-block?${asked}`);
}

/** Several spellings of a client's name stand for its platforms. */
const clients = ["gmail.*", "outlook.*", "apple-mail.*", "samsung-email.*", "yahoo.*", "aol.*", "protonmail.*"].concat([
  "thunderbird.macos",
  "fastmail.*",
  "hey.*",
  "mail-ru.*",
  "gmx.*",
  "web-de.*",
  "orange.*",
]);

/** The features that a client may drop, and why the block is still right without each. */
const harmless: Record<string, string> = {
  "aria-label attribute": "the link still reads its number, after the question",
  "role attribute": "the table is read as a table",
  "lang attribute": "the mail's own language holds",
  "dir attribute": "the mail's own direction holds",
  "text-decoration": "the number is underlined",
  "height property": "the attribute says the same",
  "height attribute": "the style says the same",
  "width attribute": "the style says the same",
};

describe("the mail block", () => {
  it.each(clients)("in %s nothing is dropped that it needs", async (client) => {
    const { html } = await aBlock();
    const { issues } = caniemail({ clients: [client as never], html });
    const dropped = new Set([...issues.errors.values()].flat().map(({ title }) => title));
    expect([...dropped].filter((title) => !(title in harmless))).toEqual([]);
  });

  it("keeps the Word engine's rules: sizes in attributes, nothing on links that it ignores, no image, no style sheet", async () => {
    const { html } = await aBlock();
    const cells = [...html.matchAll(/<td width="(\d+)" height="(\d+)"/g)].map(([, width, height]) => [width, height]);
    expect(cells).toEqual(Array(11).fill(["44", "44"]));
    for (const [, style] of html.matchAll(/<a [^>]*style="([^"]*)"/g)) {
      expect(style).not.toMatch(/padding|margin|width|border|background/);
      expect(style).toContain("line-height:44px");
    }
    expect(html).not.toMatch(/<(img|style|script|div|button|form)\b|url\(|class=|flex|grid|float|position/);
    expect(html.match(/<!--\[if mso\]>/g)).toHaveLength(3);
    expect(html.match(/<table /g)?.length).toBe(html.match(/<\/table>/g)?.length);
  });

  it("says both colours of every cell, and they are told apart in the dark too", async () => {
    const { html } = await aBlock();
    const cell = /bgcolor="(#\w{6})"[^>]*style="width[^>]*><a[^>]*color:(#\w{6})/.exec(html);
    const [background, text] = [cell?.[1] ?? "", cell?.[2] ?? ""];
    expect(contrast(background, text)).toBeGreaterThan(7);
    expect(contrast(inverted(background), inverted(text))).toBeGreaterThan(7);
    expect(contrast("#868e9c", "#ffffff")).toBeGreaterThan(3);
    expect(contrast(inverted("#868e9c"), "#000000")).toBeGreaterThan(3);
  });

  it.each([["en"], ["uk"], ["ru"], ["ar"]])(
    "in %s is at most 12 kB, even with a long address and wordy texts",
    async (language) => {
      const link = `https://${"a".repeat(50)}.example/r/${"t".repeat(57)}`;
      const wordy = "Щ".repeat(300);
      const texts = { [language]: { nps_question: wordy, nps_low: wordy, nps_high: wordy } };
      const { html } = await aBlock({ link, language }, { texts });
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(12 * 1024);
    },
  );

  it("has five cells where satisfaction is asked first, and one link where only words are", async () => {
    expect((await aBlock({}, { questions: ["csat", "nps"] })).html.match(/<a /g)).toHaveLength(5);
    expect((await aBlock({}, { questions: ["comment"] })).html.match(/<a /g)).toHaveLength(1);
  });

  it("keeps a mailer's tag as it is, in both kinds", async () => {
    const minted = await aBlock({ link: "{{ contact.vidhuk_url }}" });
    expect(minted.html).toContain('href="{{ contact.vidhuk_url }}?nps=9"');
    const survey = await aSurvey();
    const unsigned = await ask<Block>(`/v1/surveys/${survey}/email-block?r=${encodeURIComponent("*|UNIQID|*")}`);
    expect(unsigned.html).toContain(`/s/${survey}?lang=en&amp;nps=9&amp;r=*|UNIQID|*`);
    expect(unsigned.text).toContain(`/s/${survey}?lang=en&nps=9&r=*|UNIQID|*`);
  });

  it("comes with each invitation that asks for it, in the person's language, with the person's links", async () => {
    const survey = await aSurvey();
    const { invitations } = await ask<{ invitations: (Block & { url: string })[] }>(
      `/v1/surveys/${survey}/invitations`,
      "POST",
      {
        respondents: [
          { id: "a", language: "uk" },
          { id: "b", language: "ar" },
        ],
        include: ["html", "text"],
      },
    );
    const [first, second] = invitations;
    expect(first?.html).toContain(`${first?.url}?nps=10`);
    expect(first?.html).toContain('lang="uk"');
    expect(second?.html).toContain('dir="rtl"');
    expect(second?.text).toContain(`10 (محتمل جدًا): ${second?.url}?nps=10`);
    expect(first?.html).not.toContain(second?.url);
  });
});

describe("the mail block as drawn", () => {
  const places = async (width: number, language: string) => {
    const page = await openPage({ viewport: { width, height: 500 } });
    await page.setContent(`<body style="margin:0">${(await aBlock({ language })).html}`);
    const boxes = await page
      .locator("a")
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().toJSON()));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    return { page, overflow, boxes: boxes as { x: number; y: number; width: number; height: number }[] };
  };
  const rows = (boxes: { y: number }[]) =>
    [...new Set(boxes.map(({ y }) => Math.round(y)))].map((y) => boxes.filter((box) => Math.round(box.y) === y).length);

  it.each([
    [320, [6, 5]],
    [600, [11]],
  ])("at %i px stands in rows of %j, each cell large enough for a finger", async (width, expected) => {
    const { boxes, overflow, page } = await places(width, "en");
    expect(rows(boxes)).toEqual(expected);
    expect(Math.min(...boxes.map((box) => Math.min(box.width, box.height)))).toBeGreaterThanOrEqual(44);
    expect(overflow).toBe(0);
    expect(await page.getByRole("link", { name: "9 out of 10" }).textContent()).toBe("9");
  });

  it("begins at the right where people read from there", async () => {
    const { boxes } = await places(600, "ar");
    expect(boxes[0]?.x).toBeGreaterThan(boxes[10]?.x ?? 0);
    const narrow = await places(320, "ar");
    expect(rows(narrow.boxes)).toEqual([6, 5]);
    expect(narrow.boxes[0]?.x).toBeGreaterThan(narrow.boxes[5]?.x ?? 0);
  });
});

function inverted(colour: string): string {
  return `#${(0xffffff - Number.parseInt(colour.slice(1), 16)).toString(16).padStart(6, "0")}`;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
