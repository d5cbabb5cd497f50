import { describe, expect, it } from "vitest";
import { topicFinder } from "../../shared/comments/topics.ts";
import { languages } from "../../shared/languages.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { templateNames } from "../../shared/templates/names.ts";
import { templateSettings } from "../../shared/templates/templates.ts";

describe.each(templateNames)("the template %s", (name) => {
  it.each(languages)("is a survey that the collector takes, named in %s", (language) => {
    const settings = surveySettingsSchema.parse({ ...templateSettings(name, language), name: "Test" });
    expect(settings.topics.length).toBeGreaterThan(0);
    expect(new Set(settings.topics.map((topic) => topic.name)).size).toBe(settings.topics.length);
  });

  it("says the same texts in every language, each in words of its own", () => {
    const { texts } = surveySettingsSchema.parse({ ...templateSettings(name, "en"), name: "Test" });
    expect(Object.keys(texts).toSorted()).toEqual([...languages].toSorted());
    const keys = Object.keys(texts.en!);
    for (const language of languages) expect(Object.keys(texts[language]!)).toEqual(keys);
    for (const key of keys as (keyof NonNullable<typeof texts.en>)[])
      expect(new Set(languages.map((language) => texts[language]![key])).size).toBe(languages.length);
  });

  it("writes over no text of a question that it does not ask", () => {
    const { texts, questions } = surveySettingsSchema.parse({ ...templateSettings(name, "en"), name: "Test" });
    for (const key of Object.keys(texts.en!)) {
      const [question = ""] = key.split("_");
      if (!["thanks", "link"].includes(question)) expect(questions).toContain(question);
    }
  });
});

it.each([
  ["en", "delivery", "It came late and the box was damaged", ["Speed", "Packaging"]],
  ["uk", "delivery", "Кур'єр запізнився", ["Кур’єр", "Швидкість"]],
  ["ru", "shop", "Дорого и нет в наличии", ["Цена", "Ассортимент"]],
  ["ar", "clinic", "الانتظار طويل والطبيب لطيف", ["الانتظار", "الموظفون"]],
  ["en", "employees", "Зарплата низька, багато стресу", ["Pay", "Workload"]],
] as const)(
  "a comment in any language names the topics, in the words of the team's %s",
  (language, name, comment, found) => {
    const { topics = [] } = surveySettingsSchema.parse({ ...templateSettings(name, language), name: "Test" });
    expect(topicFinder(topics)(comment).toSorted()).toEqual([...found].toSorted());
  },
);
