import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import type { Survey, SurveySettings } from "../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { aSurvey, ask, openDashboard, openFolds } from "./support/dashboard.ts";

type Name = keyof SurveySettings;
type Way = { section: string; act: (section: Locator) => Promise<unknown>; becomes: unknown };

const pick = (label: string, value: string) => (section: Locator) =>
  section.getByLabel(label, { exact: true }).selectOption(value);
const write = (label: string, text: string) => (section: Locator) =>
  section.getByLabel(label, { exact: true }).fill(text);
const tick = (label: string) => (section: Locator) => section.getByLabel(label, { exact: true }).click();

/** Where a person finds each setting, and what they do there. */
const ways: Record<Name, Way> = {
  name: { section: "questions", act: write("Name of the survey", "Renamed"), becomes: "Renamed" },
  brand: {
    section: "questions",
    act: write("Your name as customers know it", "Lumen & sons"),
    becomes: "Lumen & sons",
  },
  questions: { section: "questions", act: tick("Why? (a comment)"), becomes: ["nps", "csat"] },
  paused: { section: "questions", act: tick("Pause the survey"), becomes: true },
  starts_at: {
    section: "questions",
    act: write("Asked from", "2027-01-02T03:04"),
    becomes: "2027-01-02T03:04:00.000Z",
  },
  ends_at: { section: "questions", act: write("Asked until", "2027-02-02T03:04"), becomes: "2027-02-02T03:04:00.000Z" },
  languages: { section: "texts", act: tick("Arabic"), becomes: ["en", "uk", "ru"] },
  texts: { section: "texts", act: write("Button: send", "Off it goes"), becomes: { en: { send: "Off it goes" } } },
  csat_style: { section: "look", act: tick("Faces"), becomes: "faces" },
  theme: {
    section: "look",
    act: pick("Position", "top-start"),
    becomes: { accent: null, scheme: "auto", position: "top-start" },
  },
  thanks: {
    section: "look",
    act: write("For promoters", "https://reviews.example/us"),
    becomes: { promoter: { url: "https://reviews.example/us" }, passive: null, detractor: null },
  },
  trigger: { section: "audience", act: pick("Appears", "exit"), becomes: { type: "exit" } },
  sample: { section: "audience", act: write("Percent of visitors asked", "12.5"), becomes: 0.125 },
  throttle: {
    section: "audience",
    act: write("Pause after a dismissal", "7"),
    becomes: { after_answer_days: 90, after_dismissal_days: 7, any_survey_days: 0 },
  },
  targeting: {
    section: "audience",
    act: write("Only on these pages", "https://shop.example/*\n*/thanks"),
    becomes: expect.objectContaining({ include: ["https://shop.example/*", "*/thanks"] }),
  },
  origins: {
    section: "audience",
    act: write("Sites that may send responses", "https://shop.example"),
    becomes: ["https://shop.example"],
  },
  daily_limit: { section: "audience", act: write("Maximum responses a day", "500"), becomes: 500 },
  stop_after: { section: "audience", act: write("Stop after so many responses", "1000"), becomes: 1000 },
  turnstile: {
    section: "audience",
    act: write("Turnstile site key", "1x00000000000000000000AA"),
    becomes: "1x00000000000000000000AA",
  },
  targets: { section: "figures", act: write("Target for NPS", "40"), becomes: { nps: 40, csat: null } },
  segments: { section: "figures", act: write("Segments", "plan\nplan×device"), becomes: ["plan", "plan×device"] },
  topics: {
    section: "figures",
    act: write("Topics", "Delivery: deliver, courier"),
    becomes: [{ name: "Delivery", stems: ["deliver", "courier"] }],
  },
  timezone: { section: "figures", act: write("Time zone", "Europe/Kyiv"), becomes: "Europe/Kyiv" },
  count_views: { section: "figures", act: tick("Count how often the survey is shown"), becomes: true },
  kiosk: {
    section: "sharing",
    act: tick("The open link is for a tablet that people pass on"),
    becomes: true,
  },
  public_badge: { section: "sharing", act: tick("Show the score to everybody"), becomes: true },
  retention_days: { section: "privacy", act: write("Keep single responses for (days)", "400"), becomes: 400 },
  storage: {
    section: "privacy",
    act: tick("Remember nothing before the visitor answers or closes it"),
    becomes: "after_act",
  },
  privacy_url: {
    section: "privacy",
    act: write("Address of your privacy notice", "https://shop.example/privacy"),
    becomes: "https://shop.example/privacy",
  },
  privacy_tick: { section: "privacy", act: tick("Ask for a tick before words are sent"), becomes: true },
  anonymous: { section: "privacy", act: tick("Anonymous survey"), becomes: true },
};

it("every setting that the collector takes can be set on the page", async () => {
  expect(Object.keys(ways).toSorted()).toEqual(Object.keys(surveySettingsSchema.shape).toSorted());
  const { id } = await aSurvey();
  // The times are read in the survey's zone (UTC until it is changed), wherever the reader is.
  const page = await openDashboard({ path: `/s/${id}/settings/questions`, timezoneId: "Asia/Tokyo" });
  const sections = Map.groupBy(Object.values(ways), ({ section }) => section);
  for (const [section, within] of sections) {
    await page.goto(page.url().replace(/settings\/.*/, `settings/${section}`));
    await page.locator(`.sections a[aria-current][href$="/${section}"]`).waitFor();
    await openFolds(page);
    for (const { act } of within) await act(page.locator("section.settings-section"));
  }
  await page.getByText(`${Object.keys(ways).length} changes not saved`).waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved. Visitors get it within five minutes.").waitFor();
  const stored = await ask<Survey>("GET", `/v1/surveys/${id}`);
  for (const [name, { becomes }] of Object.entries(ways)) expect([name, stored[name as Name]]).toEqual([name, becomes]);
});

it("what other surveys and the page know of a visitor is set on the page", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/audience` });
  await page.getByLabel("Pause after any survey").fill("14");
  const properties = page.getByLabel("Only visitors with these properties");
  await properties.fill("plan: pro, team\nplan: owner\nregion:");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("its name, a colon and at least one value").waitFor();
  await properties.fill("plan: pro, team\nplan: owner\nregion: Kyiv: left bank");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  const { throttle, targeting } = await ask<Survey>("GET", `/v1/surveys/${id}`);
  expect(throttle.any_survey_days).toBe(14);
  expect(targeting.properties).toEqual({ plan: ["pro", "team", "owner"], region: ["Kyiv: left bank"] });
  await page.reload();
  await expect.poll(() => properties.inputValue()).toBe("plan: pro, team, owner\nregion: Kyiv: left bank");
});

it("what is emptied again is off again", async () => {
  const { id } = await aSurvey({ turnstile: "1x00000000000000000000AA", daily_limit: 5 });
  const page = await openDashboard({ path: `/s/${id}/settings/audience` });
  await page.getByLabel("Turnstile site key").fill("no");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Paste the site key that Cloudflare shows").waitFor();
  await page.getByLabel("Turnstile site key").fill("");
  await page.getByLabel("Maximum responses a day").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  const { turnstile, daily_limit } = await ask<Survey>("GET", `/v1/surveys/${id}`);
  expect([turnstile, daily_limit]).toEqual([null, null]);
});
