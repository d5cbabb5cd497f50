import { describe, expect, it } from "vitest";
import { languages } from "../../shared/languages.ts";
import type { ScoredQuestion, ScoreName } from "../../shared/questions.ts";
import { isByDefault, scoredQuestions, scoreNames, scoresOf } from "../../shared/questions.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { builtInText } from "../../shared/strings/built-in.ts";
import { scoreTextKeys } from "../../shared/strings/keys.ts";
import { configOfQuestions } from "../../shared/widget-config.ts";
import { ofEachScale, widgetQuestions } from "../../shared/widget-questions.ts";

const settings = (changes: object = {}) => surveySettingsSchema.parse({ name: "Test", ...changes });

describe.each(scoreNames)("the question %s", (name) => {
  const question: ScoredQuestion = scoredQuestions[name];

  it("has every score in one band, from the highest to the lowest", () => {
    const inBands = question.bands
      .toReversed()
      .flatMap(({ scores: [low, high] }) =>
        scoresOf[name].slice(low - question.scale[0], high - question.scale[0] + 1),
      );
    expect(inBands).toEqual(scoresOf[name]);
  });

  it("is drawn in no style that its scale is not made for", () => {
    if (question.styles.includes("words")) expect(scoresOf[name]).toHaveLength(2);
    if (question.styles.includes("faces")) expect(question.scale).toEqual([1, 5]);
  });

  // The share of 1 in 13 rounds down so far that a fourteenth score would fit into the widget's row.
  it("has at most twelve scores in a row", () => {
    expect(question.perRow).toBeLessThanOrEqual(12);
  });

  it("has no name of a setting, for the widget is told of both in one object", () => {
    expect(Object.keys(settings())).not.toContain(name);
  });
});

it("the questions that a survey asks by default come first, as the group of a respondent goes by the order", () => {
  const others = scoreNames.filter((name) => !isByDefault(name));
  expect(scoreNames).toEqual([...scoreNames.filter(isByDefault), ...others]);
});

it("the widget is told of no question that it knows by itself", () => {
  expect(configOfQuestions(settings())).toEqual({});
  expect(Object.keys(widgetQuestions.thresholds)).toEqual(scoreNames.filter(isByDefault));
});

it("the widget is told how every other question is drawn and worded, in each language of the survey", () => {
  for (const name of scoreNames.filter((each): each is ScoreName => !isByDefault(each))) {
    const own = { uk: { [`${name}_low`]: "Власний" } };
    const asked = settings({ questions: [name], languages: ["en", "uk"], texts: own });
    const told = configOfQuestions(asked);
    expect(told).toMatchObject({ [name]: [scoresOf[name]], thresholds: { [name]: expect.anything() } });
    expect(scoredQuestions[name].styles).toContain(told[`${name}_style`]);
    expect(Object.keys(told.texts?.en ?? {})).toEqual(scoreTextKeys(name));
    expect(told.texts?.uk).toMatchObject(own.uk);
  }
});

it("what is found on a device is held against the scale of every question", () => {
  expect(ofEachScale((lowest, highest) => [lowest, highest])).toEqual(
    Object.fromEntries(scoreNames.map((name) => [name, scoredQuestions[name].scale])),
  );
});

it("a survey without a brand asks without one, in every language", () => {
  for (const language of languages)
    for (const name of scoreNames) expect(builtInText(language, `${name}_question`, "")).not.toContain("{brand}");
});
