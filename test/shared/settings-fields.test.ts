import { describe, expect, it } from "vitest";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { changedFields, fieldsOf, mergeSettings, patchOf } from "../../shared/settings-fields.ts";

const before = surveySettingsSchema.parse({
  name: "Shop",
  segments: ["plan"],
  texts: { en: { send: "Go", skip: "No" }, uk: { send: "Так" } },
});

describe("the fields of a survey's settings", () => {
  it("are all settings, groups one level deep, texts by language and key", () => {
    const groups = ["targeting", "throttle", "theme", "thanks", "targets"] as const;
    const single = Object.keys(before).filter((name) => name !== "texts" && !groups.some((each) => each === name));
    expect([...fieldsOf(before).keys()].sort()).toEqual(
      [
        ...single.map((name) => `/${name}`),
        ...groups.flatMap((group) => Object.keys(before[group]).map((name) => `/${group}/${name}`)),
        "/texts/en/send",
        "/texts/en/skip",
        "/texts/uk/send",
      ].sort(),
    );
  });

  it.each([
    ["/name", { name: "Other" }],
    ["/segments", { segments: ["plan", "device"] }],
    ["/theme/accent", { theme: { accent: "#112233" } }],
    ["/targeting/include", { targeting: { include: ["/a"] } }],
    ["/trigger", { trigger: { type: "exit" } }],
    ["/thanks/promoter", { thanks: { promoter: { url: "https://x.example/" } } }],
    ["/texts/en/send", { texts: { en: { send: "Off" } } }],
    ["/texts/en/send", { texts: { en: { send: null } } }],
    ["/texts/ar/send", { texts: { ar: { send: "x" } } }],
  ])("change one by one: %s", (field, changes) => {
    const after = surveySettingsSchema.parse(mergeSettings(before, changes, true));
    expect(changedFields(before, after)).toEqual([field]);
    // A value that is sent for a field changes that field alone, whatever other fields have changed meanwhile.
    expect(patchOf(after, [field])).toEqual(changes);
    const meanwhile = { ...before, brand: "Else", texts: { ...before.texts, ru: { send: "Да" } } };
    const both = surveySettingsSchema.parse(mergeSettings(meanwhile, patchOf(after, [field]), true));
    expect(changedFields(meanwhile, both)).toEqual([field]);
  });

  it("replace texts whole where no version was named, as ever", () => {
    expect(mergeSettings(before, { texts: { en: { send: "Off" } } }, false).texts).toEqual({ en: { send: "Off" } });
  });
});
