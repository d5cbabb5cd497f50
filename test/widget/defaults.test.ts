/** The script of a survey says only what differs from the defaults: what the widget fills in is what the API says. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SurveySettings, WidgetConfig } from "../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import { widgetQuestions } from "../../shared/widget-questions.ts";
import { judgeVisit, recentContact, sampleVisitor } from "../../widget/asking/eligibility.ts";

const { throttle, sample, targeting, ...others }: SurveySettings = surveySettingsSchema.parse({ name: "Test" });
const silent: WidgetConfig = { id: "srv_test" };
const told: WidgetConfig = {
  ...silent,
  throttle,
  sample,
  targeting: { first_visit_delay_days: targeting.first_visit_delay_days },
};
const today = 20_000;
const days = Array.from({ length: 400 }, (_, ago) => today - ago);

test("a survey that says nothing is asked as one that says the API's defaults", () => {
  for (const contact of ["answered", "dismissed", "asked"])
    for (const day of days)
      expect(recentContact(silent, { [contact]: day }, today)).toBe(recentContact(told, { [contact]: day }, today));
  for (const chance of [0, 0.5, 0.999999])
    expect(sampleVisitor(silent, {}, today, chance)).toEqual(sampleVisitor(told, {}, today, chance));
  const visit = { today, page: "https://shop.example/", device: "desktop", languages: ["en"] } as const;
  for (const first_visit of days)
    expect(judgeVisit(silent, { drawn: today + 1, first_visit }, visit)).toBe(
      judgeVisit(told, { drawn: today + 1, first_visit }, visit),
    );
});

test("what else the widget fills in are the API's defaults, by name", () => {
  const filledIn = readdirSync("widget", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => readFileSync(`widget/${path}`, "utf8").match(/\bsurveyDefaults(\.\w+)+/g) ?? [])
    .map((entry) => entry.split(".").slice(1));
  expect(new Set(filledIn.map(([setting]) => setting))).toEqual(
    new Set(["questions", "sample", "targeting", "theme", "throttle", "trigger"]),
  );
  const settings: Record<string, unknown> = { ...others, throttle, sample, targeting };
  const valueAt = (from: unknown, path: string[]) =>
    path.reduce((value, name) => (value as Record<string, unknown>)[name], from);
  for (const path of filledIn) expect(valueAt(surveyDefaults, path)).toEqual(valueAt(settings, path));
});

test("a question is drawn in the API's default style where the script does not name another", () => {
  const styles = Object.entries(widgetQuestions.scales).filter(([name]) => name in others);
  expect(styles).toEqual([["csat_style", others.csat_style]]);
});
