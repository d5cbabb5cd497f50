/**
 * Every route with hostile text in everything that it could show: whatever comes out stays text. Routes come from the table
 * of rules, so a new one is tried too, and a reply of a kind that nobody has thought about fails.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { hostileStrings, MARK } from "../../support/hostile-strings.ts";
import { rules } from "../access/rules.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import { checkAsText } from "./as-text.ts";

let collector: Collector;
let survey: string;
const comments = new Map<string, string>();
const seen = new Set<string>();

beforeAll(async () => {
  collector = aCollector();
  const texts = Object.values(hostileStrings);
  survey = await collector.makeSurvey({
    name: hostileStrings["a way out of an attribute"]!.slice(0, 120),
    brand: hostileStrings["a way out of a script"]!,
    texts: { en: { nps_question: hostileStrings["a way out of a textarea"]! } },
    segments: ["plan", "=cmd|' /C calc'!A0"],
    topics: [{ name: hostileStrings["an image that fails"]!, stems: [MARK] }],
    public_badge: true,
  });
  for (const [index, text] of texts.entries()) {
    const respondent = { id: text.slice(0, 200) };
    const properties = {
      plan: text.slice(0, 150),
      [text.slice(0, 40)]: text.slice(0, 150),
      "=cmd|' /C calc'!A0": "=1",
    };
    const response = aResponse(survey, { nps: index % 11, comment: text, respondent, properties });
    const reply = await collector.post(response, { Origin: "https://shop.example" });
    if (reply.status !== 201) throw new Error(reply.text);
    comments.set(response.id, text);
    await collector.post(aResponse(survey, { comment: text, test: true }));
    await collector.request(
      "PATCH",
      `/v1/surveys/${survey}/responses/${response.id}`,
      { tags: [text.slice(0, 40)], note: text },
      ADMIN,
    );
    await collector.request("POST", "/v1/unsubscribes", { respondent: respondent.id }, ADMIN);
  }
  await collector.request("POST", "/v1/keys", { name: hostileStrings["a script element"], scope: "metrics" }, ADMIN);
}, 60_000);

const readers = Object.entries(rules).filter(([route]) => route.startsWith("GET "));
const accepted = ["application/json", "text/csv", "application/x-ndjson", "text/html"];

describe.each(readers)("%s", (route, rule) => {
  it("lets hostile text out as text only", async () => {
    const path = rule.path?.({ survey, response: "" }) ?? route.slice(4).replace(":survey", survey);
    for (const Accept of accepted) {
      const reply = await collector.get(path, { ...ADMIN, Accept });
      seen.add(`${route} ${(await checkAsText(reply)).kind}`);
    }
  });

  it("gives nothing back of a hostile address but text", async () => {
    const path = rule.path?.({ survey, response: "" }) ?? route.slice(4).replace(":survey", survey);
    for (const text of Object.values(hostileStrings)) {
      const tail = encodeURIComponent(text.toWellFormed());
      const sign = path.includes("?") ? "&" : "?";
      for (const address of [
        path.replace(/:\w+/, tail),
        `${path}${sign}nps=${tail}&r=${tail}&lang=${tail}`,
        `${path}${sign}${tail}=${tail}`,
      ])
        await checkAsText(await collector.get(address, { ...ADMIN, "Accept-Language": "en" }));
    }
  });
});

describe("forms that are shown again", () => {
  it.each(Object.entries(hostileStrings))("%s", async (_, text) => {
    const form = new URLSearchParams({ nps: "9", comment: text, r: text, lang: text, stamp: text, js: "1" });
    const reply = await collector.request("POST", `/s/${survey}`, form.toString(), {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    expect((await checkAsText(reply)).kind).toBe("text/html");
  });
});

describe("refusals", () => {
  it.each(Object.entries(hostileStrings))("%s is not given back as anything but JSON", async (_, text) => {
    for (const body of [{ survey: text }, { [text]: 1 }, { survey, respondent: { id: "a", [text]: text } }, text]) {
      const reply = await collector.post(body, { Origin: text.replace(/[^\x20-\x7e]/g, "") });
      expect((await checkAsText(reply)).kind).toBe("application/problem+json");
    }
  });
});

it("comments come out of the API as they came in, but for what no text may hold", async () => {
  const { items } = (
    await collector.get<{ items: { id: string; comment: string }[] }>(`/v1/surveys/${survey}/comments?limit=100`)
  ).body;
  const came = new Map(items.map(({ id, comment }) => [id, comment]));
  for (const [id, text] of comments) {
    const kept = text
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd");
    expect(came.get(id)).toBe(kept);
  }
});

it("met every kind of reply that there is, so that no checker is idle", () => {
  const kinds = new Set([...seen].map((each) => each.slice(each.lastIndexOf(" ") + 1)));
  expect([...kinds].sort()).toEqual([
    "application/json",
    "application/pdf",
    "application/problem+json",
    "application/x-ndjson",
    "image/svg+xml",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/javascript",
  ]);
});
