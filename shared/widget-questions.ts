/**
 * What the widget knows of the scored questions by itself: how those are drawn that a survey asks by default. Of any other
 * question it is told by the survey's own script, as widget-config.ts says. The build writes the values that the widget takes
 * from here into its files as literals.
 */
import type { ScoredQuestion, ScoreName, Style } from "./questions.ts";
import { isByDefault, respondentThresholds, scoredQuestions, scoreNames, scoresOf } from "./questions.ts";
import { questions } from "./vocabulary.ts";

/** A question's scores, and the width of each where not all fit into one row: the style of the element around them. */
export type WidgetScale = readonly [scores: readonly number[], widths?: { "--w": string }];

/** The scale of each question under its name, and how it is drawn under the name of the setting. */
export type WidgetScales = { [Name in ScoreName]?: WidgetScale } & { [Name in ScoreName as `${Name}_style`]?: Style };

export type WidgetThresholds = Partial<Record<ScoreName, readonly [promoter: number, passive: number]>>;

export const widgetQuestions = /* @__PURE__ */ knownToWidget();

function knownToWidget() {
  const names = scoreNames.filter(isByDefault);
  return {
    scales: scalesOf(names),
    thresholds: thresholdsOf(names),
    /** Every question there is: what waits on a device may be another survey's. */
    all: questions,
  };
}

/** How these questions are drawn in their default style. */
export function scalesOf(names: readonly ScoreName[]): WidgetScales {
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, scaleOf(name)],
      [`${name}_style`, scoredQuestions[name].styles[0]],
    ]),
  );
}

export function thresholdsOf(names: readonly ScoreName[]): WidgetThresholds {
  return Object.fromEntries(names.map((name) => [name, respondentThresholds[name]]));
}

/** What `make` makes of the lowest and the highest score of each question there is. The build writes each call out. */
export function ofEachScale<Made>(make: (lowest: number, highest: number) => Made): Record<ScoreName, Made> {
  const made = scoreNames.map((name) => {
    const [lowest, highest] = scoredQuestions[name].scale;
    return [name, make(lowest, highest)];
  });
  return Object.fromEntries(made);
}

function scaleOf(name: ScoreName): WidgetScale {
  const scores = scoresOf[name];
  const { perRow }: ScoredQuestion = scoredQuestions[name];
  return scores.length > perRow ? [scores, { "--w": `${Math.floor(100 / perRow)}%` }] : [scores];
}
