import { describe, expect, test } from "vitest";
import type { WidgetConfig } from "../../shared/schema/survey.ts";
import type { Visit } from "../../widget/asking/eligibility.ts";
import { judgeVisit, recentContact, refusalByOwner, sampleVisitor } from "../../widget/asking/eligibility.ts";

const aConfig = (settings: Partial<WidgetConfig> = {}): WidgetConfig => ({ id: "srv_test", ...settings });
const today = 20_000;

const aVisit = (about: Partial<Visit> = {}): Visit => ({
  today,
  page: "https://shop.example/lamps/brass",
  device: "desktop",
  languages: ["uk-UA", "en"],
  ...about,
});
const judged = (targeting: WidgetConfig["targeting"], about: Partial<Visit> = {}) =>
  judgeVisit(aConfig({ targeting: targeting! }), { drawn: today + 1, first_visit: today }, aVisit(about));

describe("whoever was in contact a short time ago is not asked again", () => {
  test.each([
    [{}, undefined],
    [{ answered: today }, "answered_recently"],
    [{ answered: today - 89 }, "answered_recently"],
    [{ answered: today - 90 }, undefined],
    [{ dismissed: today - 29 }, "dismissed_recently"],
    [{ dismissed: today - 30 }, undefined],
    [{ asked: today - 29 }, "asked_recently"],
    [{ asked: today - 30 }, undefined],
    [{ asked: today, dismissed: today, answered: today }, "answered_recently"],
  ] as const)("with the state %o: %s, at any time of the day", (state, verdict) => {
    for (const timeOfDay of [0, 0.5, 0.999]) expect(recentContact(aConfig(), state, today + timeOfDay)).toBe(verdict);
  });

  test("as long as the owner says", () => {
    const throttle = { after_answer_days: 7, after_dismissal_days: 0 };
    expect(recentContact(aConfig({ throttle }), { answered: today - 6 }, today)).toBe("answered_recently");
    expect(recentContact(aConfig({ throttle }), { answered: today - 7 }, today)).toBeUndefined();
    expect(recentContact(aConfig({ throttle }), { asked: today, dismissed: today }, today)).toBeUndefined();
  });
});

test.each([
  [{}, "asked"],
  [{ paused: true as const }, "paused"],
  [{ starts_at: "2026-11-22T10:00:00+02:00" }, "not_started"],
  [{ starts_at: "2026-11-22T09:00:00+02:00" }, "asked"],
  [{ ends_at: "2026-11-22T07:30:00Z" }, "ended"],
  [{ ends_at: "2026-11-22T07:30:01Z" }, "asked"],
])("a survey with %o is %s at half past seven", (settings, verdict) => {
  expect(refusalByOwner(aConfig(settings), Date.parse("2026-11-22T07:30:00Z")) ?? "asked").toBe(verdict);
});

describe("a survey is asked on the pages it is meant for", () => {
  test.each([
    [{ include: ["https://shop.example/*"] }, "show"],
    [{ include: ["https://shop.example/lamps"] }, "page_not_targeted"],
    [{ include: ["*/lamps/*"] }, "show"],
    [{ include: ["/lamps/*"] }, "show"],
    [{ include: ["/brass"] }, "page_not_targeted"],
    [{ include: ["/lamp./brass"] }, "page_not_targeted"],
    [{ include: ["/lamps/(brass|tin)"] }, "page_not_targeted"],
    [{ include: ["/checkout", "/lamps/*"] }, "show"],
    [{ exclude: ["*/brass"] }, "page_not_targeted"],
    [{ include: ["/lamps/*"], exclude: ["/lamps/brass"] }, "page_not_targeted"],
    [{ exclude: ["/help/*"] }, "show"],
  ] as const)("with %o: %s", (targeting, verdict) => {
    expect(judged(targeting as never)).toBe(verdict);
  });

  test("whose addresses may be in any script", () => {
    expect(judged({ include: ["/лампи/*"] }, { page: "https://shop.example/лампи/мідь" })).toBe("show");
  });
});

test.each([
  [["phone", "tablet"], "device_not_targeted"],
  [["desktop"], "show"],
] as const)("a survey for %o on a desktop: %s", (devices, verdict) => {
  expect(judged({ devices: [...devices] })).toBe(verdict);
});

test.each([
  [["uk"], "show"],
  [["UK"], "show"],
  [["en"], "show"],
  [["en-GB"], "language_not_targeted"],
  [["u"], "language_not_targeted"],
  [["pl", "de"], "language_not_targeted"],
])("a survey for readers of %o, met by one of uk-UA and en: %s", (languages, verdict) => {
  expect(judged({ languages })).toBe(verdict);
});

describe("chance", () => {
  test("decides once and is kept as long as an answer would be", () => {
    const config = aConfig({ sample: 0.1 });
    expect(sampleVisitor(config, {}, today, 0.09)).toEqual({ drawn: today + 90, first_visit: today });
    expect(sampleVisitor(config, {}, today, 0.1).drawn).toBe(-(today + 90));
    expect(sampleVisitor(config, { drawn: -(today + 1) }, today, 0).drawn).toBe(-(today + 1));
    expect(sampleVisitor(config, { drawn: -today }, today, 0).drawn).toBe(today + 90);
  });

  test("asks everybody where no sample is set, and nobody where it is 0", () => {
    expect(sampleVisitor(aConfig(), {}, today, 0.999999).drawn).toBeGreaterThan(0);
    expect(sampleVisitor(aConfig({ sample: 0 }), {}, today, 0).drawn).toBeLessThan(0);
  });

  test("has its own verdict", () => {
    expect(judgeVisit(aConfig({ sample: 0.1 }), { drawn: -today - 5, first_visit: today }, aVisit())).toBe(
      "not_sampled",
    );
  });
});

test("a new visitor is left alone for the days the owner says", () => {
  const targeting = { first_visit_delay_days: 2 };
  const since = (first_visit: number) =>
    judgeVisit(aConfig({ targeting }), { drawn: today + 1, first_visit }, aVisit());
  expect([since(today), since(today - 1), since(today - 2)]).toEqual(["first_visit", "first_visit", "show"]);
});
