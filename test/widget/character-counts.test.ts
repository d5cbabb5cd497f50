/** What a person types has one length: on the device, on the linked page and in the collector. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, commentsOf } from "./collector.ts";
import { visit } from "./visitor.ts";

const site = await openSite();
const most = limits.commentCharacters;

/** What the texts are made of, in code points as they are stored. */
const units: [name: string, unit: string, stored: string][] = [
  ["letters", "ї", "ї"],
  ["emoji", "😀", "😀"],
  ["families of emoji", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["letters with combining marks", "e\u0301", "e\u0301"],
  ["high halves of emoji", "\ud83d", "\ufffd"],
  ["low halves of emoji", "\udc00", "\ufffd"],
  ["line breaks", "a\n", "a\n"],
  ["line breaks as forms send them", "a\r\n", "a\n"],
  ["line breaks as old programs write them", "a\r", "a\n"],
  ["NUL", "\0", "\ufffd"],
  ["control characters", "\u001b\u0085", "\ufffd\ufffd"],
  ["line separators of Unicode", "a\u2028\u2029", "a\u2028\u2029"],
  ["Arabic", "شكرا\u0651", "شكرا\u0651"],
  ["bidi controls", "\u202ea\u202c", "\u202ea\u202c"],
  ["tabs", "a\t", "a\t"],
  ["markup", "<b>&amp;</b>", "<b>&amp;</b>"],
];

/** A text that is stored in so many code points; both its ends can be read and are no blanks. */
function aText(unit: string, stored: string, length: number): { sent: string; kept: string } {
  const size = [...stored].length;
  const times = Math.floor((length - 2) / size);
  const end = "!".repeat(length - 1 - times * size);
  return { sent: `!${unit.repeat(times)}${end}`, kept: `!${stored.repeat(times)}${end}` };
}

/** Puts the text into the field as a paste does: whole, and halves of characters too, which no driver can type. */
const paste = (page: Page, text: string) =>
  page.getByRole("textbox").evaluate((area: HTMLTextAreaElement, json) => {
    area.value = JSON.parse(json);
    area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }, JSON.stringify(text));

async function byWidget(text: string): Promise<string | null | undefined> {
  const survey = await aSurvey({ questions: ["comment"] });
  const { page } = await visit(site, survey);
  await page.getByRole("textbox").waitFor();
  await paste(page, text);
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(async () => (await commentsOf(survey)).length).toBe(1);
  return (await commentsOf(survey))[0]?.comment;
}

/** By how many characters the page says that the text is too long, or what is stored. */
async function byLinkedPage(text: string): Promise<string | number | null | undefined> {
  const survey = await aSurvey({ questions: ["comment"] });
  const page = await openPage();
  await page.goto(`${sharedCollector().url}/s/${survey}`);
  await paste(page, text);
  const fault = await page.getByRole("textbox").evaluate((area: HTMLTextAreaElement) => area.validationMessage);
  if (fault) return Number(/Too long by (\d+):/.exec(fault)?.[1]);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  return (await commentsOf(survey))[0]?.comment;
}

/** The status, or what is stored. */
async function byApi(text: string): Promise<string | number | null | undefined> {
  const survey = await aSurvey({ questions: ["comment"] });
  const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  const reply = await fetch(`${sharedCollector().url}/v1/responses`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${sharedCollector().adminToken}` },
    body: JSON.stringify({ survey, id, comment: text }),
  });
  return reply.ok ? (await commentsOf(survey))[0]?.comment : reply.status;
}

/** What became of a text, in a few words: nobody can read a difference in 2,000 characters. */
const outcome = (stored: string | number | null | undefined, expected: string) =>
  typeof stored === "number"
    ? stored
    : stored === expected
      ? "as expected"
      : `${[...(stored ?? "")].length} characters`;

describe.each(units)("a comment of %s", (_, unit, stored) => {
  test("is stored whole at the limit, whichever way it came", async () => {
    const { sent, kept } = aText(unit, stored, most);
    expect({
      widget: outcome(await byWidget(sent), kept),
      page: outcome(await byLinkedPage(sent), kept),
      api: outcome(await byApi(sent), kept),
    }).toEqual({ widget: "as expected", page: "as expected", api: "as expected" });
  });

  test("is too long by one beyond it, whichever way it came", async () => {
    const { sent, kept } = aText(unit, stored, most + 1);
    const cut = [...kept].slice(0, most).join("").trim();
    expect({
      widget: outcome(await byWidget(sent), cut),
      page: outcome(await byLinkedPage(sent), kept),
      api: outcome(await byApi(sent), kept),
    }).toEqual({ widget: "as expected", page: 1, api: 422 });
  });
});

test("blanks around a comment count on no way that a person takes", async () => {
  const words = "x".repeat(most);
  const text = `\n  ${words}\t \n`;
  expect([outcome(await byWidget(text), words), outcome(await byLinkedPage(text), words)]).toEqual([
    "as expected",
    "as expected",
  ]);
});
