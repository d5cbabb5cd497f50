/** What messages for people say, in each language, and where they lead. */
import { describe, expect, it } from "vitest";
import type { SurveySettingsInput } from "../../../shared/schema/survey.ts";
import type { WebhookMessage } from "../../../shared/schema/webhook.ts";
import type { MessageLanguage } from "../../../shared/vocabulary.ts";
import { messageLanguages } from "../../../shared/vocabulary.ts";
import { summaryOf } from "../../../worker/webhooks/summary.ts";
import { aMessage, RESPONSE, told } from "../support/messages.ts";

type Webhook = { language?: MessageLanguage | null; dashboard?: string };

function said(body: WebhookMessage, webhook: Webhook = {}, settings: Partial<SurveySettingsInput> = {}) {
  const { title, note, scores, comment, facts, link } = summaryOf(aMessage(body, webhook, settings));
  const lines = [title, note, ...scores, comment, ...facts.map(({ name, value }) => `${name}: ${value}`), link?.text];
  return lines.filter((line) => line !== null).map((line) => line?.replace(/\p{Zs}/gu, " "));
}

const late = told.response({
  ...{ csat: 2, comment: "The delivery was late", respondent_id: "ann", page: "https://shop.example/cart" },
  properties: JSON.stringify({ department: "sales", other: "x", empty: "" }),
});
const settings = { segments: ["department", "empty", "department×other"] };

describe("a comment", () => {
  it.each<[MessageLanguage, string[]]>([
    [
      "en",
      [
        "New comment: Shop",
        "NPS: 3 of 10, detractor",
        "CSAT: 2 of 5, dissatisfied",
        "The delivery was late",
        "Person: ann (unverified)",
        "Page: https://shop.example/cart",
        "department: sales",
        "Open in the dashboard",
      ],
    ],
    [
      "uk",
      [
        "Новий коментар: Shop",
        "NPS: 3 з 10, критик",
        "CSAT: 2 з 5, людина незадоволена",
        "The delivery was late",
        "Людина: ann (не перевірено)",
        "Сторінка: https://shop.example/cart",
        "department: sales",
        "Відкрити в панелі",
      ],
    ],
    [
      "ru",
      [
        "Новый комментарий: Shop",
        "NPS: 3 из 10, критик",
        "CSAT: 2 из 5, человек недоволен",
        "The delivery was late",
        "Человек: ann (не проверено)",
        "Страница: https://shop.example/cart",
        "department: sales",
        "Открыть в панели",
      ],
    ],
  ])("in %s", (language, lines) => {
    expect(said(late, { language }, settings)).toEqual(lines);
  });

  it.each<[SurveySettingsInput["languages"], MessageLanguage | null, string]>([
    [["ar", "ru", "uk"], null, "Новый комментарий: Shop"],
    [["ar"], null, "New comment: Shop"],
    [["ru"], "uk", "Новий коментар: Shop"],
  ])(
    "is told in the webhook's language, else the survey's first that there is: %j, %j",
    (languages, language, title) => {
      expect(said(late, { language }, { languages })[0]).toBe(title);
    },
  );

  it("has no word of what nobody gave", () => {
    const nothing = told.response({ nps: null, comment: "Hm", respondent_id: "ann", respondent_verified: 1 });
    expect(said(nothing, { dashboard: "" })).toEqual(["New comment: Shop", "Hm", "Person: ann", undefined]);
  });
});

it("a test says that it is one, and shows no made-up answer as a person's", () => {
  const test = told.response({ comment: "This is a test message." }, { test: true });
  const lines = said(test, { language: "ru" });
  expect(lines).toContain("Это проба. Никто не отвечал.");
  expect(lines).toContain("Здесь будет то, что написал человек.");
});

it("an unsubscribe names the person, how it came and what it holds for", () => {
  expect(said(told.unsubscribe("ann", null))).toEqual([
    "A person wants no more invitations: Shop",
    "Person: ann",
    "Asked for: by your team",
    "Holds for: all surveys",
    "Open in the dashboard",
  ]);
  expect(said(told.unsubscribe("ann", "srv_shop"))).toContain("Holds for: Shop");
});

describe("a fall", () => {
  it.each<[MessageLanguage, string[]]>([
    [
      "en",
      [
        "NPS has fallen: Shop",
        "NPS: 0, was 40",
        "Oct 25 – Nov 21, 2026: 0, 101 answers",
        "Sep 27 – Oct 24, 2026: 40, 92 answers",
      ],
    ],
    [
      "uk",
      [
        "NPS знизився: Shop",
        "NPS: 0, було 40",
        "25 жовт. – 21 лист. 2026 р.: 0, 101 відповідь",
        "27 вер. – 24 жовт. 2026 р.: 40, 92 відповіді",
      ],
    ],
    [
      "ru",
      [
        "NPS снизился: Shop",
        "NPS: 0, было 40",
        "25 окт. – 21 нояб. 2026 г.: 0, 101 ответ",
        "27 сент. – 24 окт. 2026 г.: 40, 92 ответа",
      ],
    ],
  ])("has both sides, and the plural of %s", (language, lines) => {
    expect(said(told.fall("nps", [40.4, 92], [-0.4, 101]), { language })).toEqual([...lines, expect.anything()]);
  });

  it("has a minus sign, and a percentage where the score is one", () => {
    expect(said(told.fall("nps", [10, 40], [-12.6, 41]))[1]).toBe("NPS: −13, was 10");
    expect(said(told.fall("csat", [80, 40], [61, 41]))[1]).toBe("CSAT: 61 %, was 80 %");
  });
});

it.each<[MessageLanguage, Record<number, string>]>([
  ["en", { 1: "… and 1 more character", 2: "… and 2 more characters", 1200: "… and 1,200 more characters" }],
  ["uk", { 1: "… і ще 1 знак", 3: "… і ще 3 знаки", 11: "… і ще 11 знаків", 21: "… і ще 21 знак" }],
  ["ru", { 1: "… и ещё 1 знак", 3: "… и ещё 3 знака", 12: "… и ещё 12 знаков", 105: "… и ещё 105 знаков" }],
])("what is cut is counted in the plural of %s", (language, texts) => {
  const { more } = summaryOf(aMessage(late, { language }));
  for (const [n, text] of Object.entries(texts)) expect(more(Number(n))).toBe(text);
});

it("each message leads to what it tells of", () => {
  const link = (body: WebhookMessage, dashboard?: string) =>
    summaryOf(aMessage(body, dashboard === undefined ? {} : { dashboard })).link?.url;
  const start = "https://vidhuk.example/dashboard/#";
  expect(link(late)).toBe(`${start}/s/srv_shop/comments/${RESPONSE}`);
  expect(link(told.response({}, { test: true }))).toBe(`${start}/s/srv_shop/comments`);
  expect(link(told.unsubscribe("a/b ü", null))).toBe(`${start}/person/a%2Fb%20%C3%BC`);
  expect(link(told.fall("nps", [1, 40], [0, 40]))).toBe(`${start}/s/srv_shop/overview`);
  expect(link(late, "https://shop.example/feedback")).toMatch(/^https:\/\/shop\.example\/feedback\/dashboard\/#\/s\//);
  expect(link(late, "")).toBeUndefined();
});

it("every language has every text, none of them empty", () => {
  for (const language of messageLanguages) {
    const types = [late, told.unsubscribe("ann", null), told.fall("nps", [1, 40], [0, 40])];
    for (const body of types) expect(said(body, { language }).every((line) => line?.trim())).toBe(true);
  }
});
