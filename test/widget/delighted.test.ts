/** Pages with the snippet of Delighted, whose text is the old one but for the address. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { SurveySettingsInput } from "../../shared/schema/survey.ts";
import { openSite } from "../pages/site.ts";
import { openPage } from "../support/chromium.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, changeSurvey } from "./collector.ts";

const site = await openSite();
const question = /How likely are you to recommend/;
const DAY = 86_400;

const addressOf = (survey: string, ...call: unknown[]) =>
  `${site.page("delighted", survey)}&${new URLSearchParams({ call: JSON.stringify(call) })}`;

async function open(survey: string, call: object, page?: Page): Promise<Page> {
  const opened = page ?? (await openPage());
  await opened.goto(addressOf(survey, call));
  return opened;
}

const status = (page: Page, survey: string) =>
  page.evaluate<string>(`window.vidhuk?.pages?.["${survey}"]?.status ?? ""`);

const responsesOf = async (survey: string) =>
  (await ask<{ items: CommentItem[] }>(`/v1/surveys/${survey}/responses`)).items;

async function answer(page: Page) {
  await page.getByRole("radio", { name: "9", exact: true }).click();
  await page.getByRole("button", { name: "Close" }).click();
}

test("runs the calls in the queue, and the answer has the person, the name and the properties", async () => {
  const survey = await aSurvey({ questions: ["nps", "comment"], segments: ["plan"] });
  const page = await open(survey, {
    email: "ann@shop.example",
    name: "Ann",
    createdAt: "2020-05-30T00:02:46Z",
    properties: { plan: "pro", questionProductName: "The Classic Oxford", nested: { lost: 1 } },
    initialDelay: 7 * DAY,
    recurringPeriod: 30 * DAY,
    minTimeOnPage: 0,
    sampleFactor: 1,
  });
  await page.getByRole("group", { name: "How likely are you to recommend The Classic Oxford to a friend" }).waitFor();
  await answer(page);
  await expect
    .poll(() => responsesOf(survey))
    .toMatchObject([
      {
        nps: 9,
        respondent: { id: "ann@shop.example", verified: false },
        properties: { name: "Ann", plan: "pro" },
        channel: "page",
      },
    ]);
});

test("asks nobody before the call, and then as late as it says; the survey's own language follows `locale`", async () => {
  const survey = await aSurvey({ trigger: { type: "manual" } });
  const page = await openPage();
  await page.goto(site.page("delighted", survey));
  await page.waitForFunction("delighted.survey.toString().indexOf('push') < 0");
  expect(await page.evaluate("window.vidhuk")).toBeUndefined();
  await page.evaluate("delighted.survey({ minTimeOnPage: 1, properties: { locale: 'uk-UA' } })");
  await expect.poll(() => status(page, survey)).toBe("waiting");
  await page.getByRole("group", { name: /Наскільки ймовірно/ }).waitFor();
});

test.each([
  ["a person of today, with a delay of a week", { createdAt: new Date().toISOString(), initialDelay: 7 * DAY }, ""],
  ["a first visit, with a delay of a week", { initialDelay: 7 * DAY }, "first_visit"],
  ["a sample of none", { sampleFactor: 0 }, "not_sampled"],
] as const)("does not ask %s, and does where the display is forced", async (_, call, verdict) => {
  const survey = await aSurvey();
  const page = await open(survey, call);
  await page.waitForFunction("delighted.survey.toString().indexOf('push') < 0");
  await expect.poll(() => status(page, survey)).toBe(verdict);
  await page.evaluate(`delighted.survey(${JSON.stringify({ ...call, forceDisplay: true })})`);
  await page.getByRole("group", { name: question }).waitFor();
});

test("asks again after the period of the call, and never where it is null", async () => {
  const survey = await aSurvey({ questions: ["nps"] });
  const page = await open(survey, {});
  await answer(page);
  await expect.poll(() => responsesOf(survey)).toHaveLength(1);
  await changeSurvey(survey, { throttle: { after_answer_days: 0, after_dismissal_days: 0 } }, sharedCollector());
  for (const [period, verdict] of [
    [null, "answered_recently"],
    [3 * DAY, "answered_recently"],
    [0, "open"],
  ] as const) {
    await open(survey, { recurringPeriod: period }, page);
    await expect.poll(() => status(page, survey)).toBe(verdict);
  }
});

test("tells the page's callbacks, and a callback or an option that is broken breaks nothing", async () => {
  const settings: Partial<SurveySettingsInput> = { questions: ["nps", "comment"] };
  const survey = await aSurvey(settings);
  const page = await openPage();
  await page.goto(site.page("delighted", survey));
  await page.evaluate(`
    window.told = [];
    delighted.survey({
      email: 7, properties: "none", sampleFactor: "many", initialDelay: {}, createdAt: "soon", recurringPeriod: [],
      onShow() { told.push("show"); throw new Error("the page's own"); },
      onRespond() { told.push("respond"); },
      onComment() { told.push("comment"); },
      onHide() { told.push("hide"); },
    })`);
  await page.getByRole("radio", { name: "9", exact: true }).click();
  await page.getByRole("textbox").fill("quick");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(() => page.evaluate("told")).toEqual(["show", "respond", "comment"]);
  await page.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => page.evaluate("told")).toEqual(["show", "respond", "comment", "hide"]);
  for (const call of ["", "null", "7", '"x"', "[]"]) await page.evaluate(`delighted.survey(${call})`);
});
