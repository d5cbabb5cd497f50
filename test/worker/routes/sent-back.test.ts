/** What GET shows of a survey can be sent back as it is: by POST for a copy, by PATCH for the same settings. */
import { beforeAll, expect, it } from "vitest";
import type { Survey, SurveySettingsInput } from "../../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../../shared/schema/survey.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";

/** Every setting, away from its default: a new setting without a line here does not compile. */
const everySetting: Required<SurveySettingsInput> = {
  name: "Every setting",
  brand: "Lumen",
  questions: ["comment", "csat", "nps"],
  csat_style: "faces",
  languages: ["uk", "en"],
  texts: { uk: { send: "Гайда" }, en: { send: "Off it goes" } },
  timezone: "Europe/Kyiv",
  segments: ["plan", "channel", "plan×channel"],
  origins: ["https://shop.example"],
  paused: true,
  starts_at: "2027-01-02T03:04:00Z",
  ends_at: "2027-02-02T03:04:00Z",
  targeting: {
    include: ["*/done"],
    exclude: ["*/help"],
    devices: ["phone"],
    languages: ["uk"],
    first_visit_delay_days: 3,
    properties: { plan: ["pro"] },
  },
  trigger: { type: "event", name: "paid" },
  sample: 0.25,
  throttle: { after_answer_days: 7, after_dismissal_days: 5, any_survey_days: 14 },
  storage: "after_act",
  theme: { accent: "#112233", scheme: "dark", position: "top-start" },
  thanks: { promoter: { url: "https://reviews.example/us" }, passive: null, detractor: { url: "mailto:a@b.example" } },
  targets: { nps: 40, csat: 80 },
  topics: [{ name: "Delivery", stems: ["deliver", "доставк"] }],
  retention_days: 400,
  daily_limit: 500,
  stop_after: 1000,
  turnstile: "1x00000000000000000000AA",
  anonymous: true,
  count_views: true,
  public_badge: true,
  kiosk: true,
  privacy_url: "https://shop.example/privacy",
  privacy_tick: true,
};

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

const send = (method: string, path: string, body: unknown) =>
  collector.request<Survey & { errors: unknown }>(method, path, body, ADMIN);
const read = async (id: string) => (await collector.get<Survey>(`/v1/surveys/${id}`)).body;

function settingsOf(survey: Survey): object {
  const names = Object.keys(surveySettingsSchema.shape);
  return Object.fromEntries(Object.entries(survey).filter(([name]) => names.includes(name)));
}

it("has every setting away from its default here", () => {
  const defaults = surveySettingsSchema.parse({ name: "-" });
  const settings = surveySettingsSchema.parse(everySetting);
  for (const name of Object.keys(surveySettingsSchema.shape) as (keyof typeof defaults)[])
    expect([name, settings[name]]).not.toEqual([name, defaults[name]]);
});

it.each(["every setting", "the defaults"])("a survey with %s is copied by POST", async (which) => {
  const original = await read(await collector.makeSurvey(which === "the defaults" ? {} : everySetting));
  await collector.post(aResponse(original.id, { nps: 9 }));
  const { status, body: copy } = await send("POST", "/v1/surveys", original);
  expect(status).toBe(201);
  expect(copy.id).not.toBe(original.id);
  expect(settingsOf(copy)).toEqual(settingsOf(original));
  expect(settingsOf(await read(copy.id))).toEqual(settingsOf(original));
});

it("is given to another survey by PATCH, and to itself without a change", async () => {
  const original = await read(await collector.makeSurvey(everySetting));
  const other = await collector.makeSurvey();
  const patched = await send("PATCH", `/v1/surveys/${other}`, original);
  expect(patched.status).toBe(200);
  expect(patched.body.id).toBe(other);
  expect(settingsOf(patched.body)).toEqual(settingsOf(original));
  const again = await send("PATCH", `/v1/surveys/${original.id}`, original);
  expect(settingsOf(again.body)).toEqual(settingsOf(original));
});

it("is sent back while segments are being filled in, and when enough responses are counted", async () => {
  const id = await collector.makeSurvey({ stop_after: 1 });
  await collector.post(aResponse(id, { nps: 9, properties: { plan: "pro" } }));
  expect(await read(id)).toHaveProperty("stopped");
  expect((await send("POST", "/v1/surveys", { ...(await read(id)), filling: { done: 1, of: 2 } })).status).toBe(201);
  expect((await send("PATCH", `/v1/surveys/${id}`, { ...(await read(id)), filling: { done: 1, of: 2 } })).status).toBe(
    200,
  );
});

it.each(["POST", "PATCH"])("%s still refuses what is neither a setting nor shown by GET, by name", async (method) => {
  const path = method === "POST" ? "/v1/surveys" : `/v1/surveys/${await collector.makeSurvey()}`;
  const { status, body } = await send(method, path, { name: "x", deleted_at: null });
  expect([status, body]).toMatchObject([422, { code: "unknown_field", errors: [{ pointer: "/deleted_at" }] }]);
  expect((await send(method, path, [])).status).toBe(422);
});
