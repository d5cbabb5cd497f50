/**
 * The questions that are answered with a score, one entry each: what can be given, how scores are cut into bands and
 * summed up, and how the question is drawn. Code that counts, shows or draws scores takes these facts from here. The texts of
 * a question are named after it, as shared/strings/keys.ts says. The columns and triggers of the database are made from this
 * table by `npm run migration:questions`.
 */

/** The groups of respondents that get different texts: the settings `thanks` and `texts` have an entry for each. */
export const respondentGroups = ["promoter", "passive", "detractor"] as const;
export type RespondentGroup = (typeof respondentGroups)[number];

export type Band = {
  /** Names one respondent, as in `nps_group`. */
  group: string;
  /** Names all of them, as the share in `metrics`. */
  share: string;
  /** The lowest and the highest score of the band. */
  scores: readonly [lowest: number, highest: number];
  /** The group whose follow-up question, thanks and link a respondent of this band gets. */
  respondent: RespondentGroup;
};

/** How the scores are drawn. `words`: both ends as their texts, for a scale of two scores. */
export type Style = "numbers" | "stars" | "faces" | "words";

export type ScoredQuestion = {
  /**
   * Whether a survey asks it that does not say otherwise. Replies always have a place for such a question, `null` where
   * nobody answered it; for any other they have one only where it is asked or answered.
   */
  byDefault: boolean;
  /** The lowest and the highest score; every whole number between them can be given. */
  scale: readonly [lowest: number, highest: number];
  /** From the highest scores to the lowest, without gap or overlap; every score of the scale is in one of them. */
  bands: readonly Band[];
  /**
   * `net`: percent in the first band less percent in the last, −100 to 100. `share`: percent in the first band, 0 to 100.
   */
  scoring: "net" | "share";
  /** Whether the mean of all scores stands beside the score. */
  mean: boolean;
  /** How the scores can be drawn; the first is the default. Several make a setting such as `csat_style`. */
  styles: readonly [Style, ...Style[]];
  /** How many scores stand in one row where there is little room. */
  perRow: number;
  /** The badge's label, and from which score on it is yellow and green. */
  badge: { label: string; fair: number; good: number };
};

export const scoredQuestions = {
  nps: {
    byDefault: true,
    scale: [0, 10],
    // Reichheld's bands. ("0 to 7" in one of the field's booklets is a misprint.)
    bands: [
      { group: "promoter", share: "promoters", scores: [9, 10], respondent: "promoter" },
      { group: "passive", share: "passives", scores: [7, 8], respondent: "passive" },
      { group: "detractor", share: "detractors", scores: [0, 6], respondent: "detractor" },
    ],
    scoring: "net",
    mean: false,
    styles: ["numbers"],
    perRow: 6,
    badge: { label: "NPS", fair: 0, good: 30 },
  },
  csat: {
    byDefault: true,
    scale: [1, 5],
    bands: [
      { group: "satisfied", share: "satisfied", scores: [4, 5], respondent: "promoter" },
      { group: "neutral", share: "neutral", scores: [3, 3], respondent: "passive" },
      { group: "dissatisfied", share: "dissatisfied", scores: [1, 2], respondent: "detractor" },
    ],
    scoring: "share",
    mean: true,
    styles: ["stars", "faces", "numbers"],
    perRow: 5,
    badge: { label: "satisfied", fair: 50, good: 75 },
  },
} as const satisfies Record<string, ScoredQuestion>;

export type ScoreName = keyof typeof scoredQuestions;
type BandOf<Name extends ScoreName> = (typeof scoredQuestions)[Name]["bands"][number];
export type GroupOf<Name extends ScoreName> = BandOf<Name>["group"];
export type ShareOf<Name extends ScoreName> = BandOf<Name>["share"];

/** The scored questions that a survey asks by default. */
export type DefaultScore = {
  [Name in ScoreName]: (typeof scoredQuestions)[Name]["byDefault"] extends true ? Name : never;
}[ScoreName];

/** A value for each question. A question that is not asked by default has one only where it is asked or answered. */
export type ByScore<Each extends Record<ScoreName, unknown>> = { [Name in DefaultScore]: Each[Name] } & {
  [Name in Exclude<ScoreName, DefaultScore>]?: Each[Name];
};

/** The scored questions in the order in which a survey asks them by default. */
export const scoreNames = /* @__PURE__ */ Object.keys(scoredQuestions) as ScoreName[];

export function isByDefault(name: ScoreName): name is DefaultScore {
  return scoredQuestions[name].byDefault;
}

/** The scored questions that stand in replies about surveys that ask `questions`. */
export function scoresIn(questions: readonly string[]): ScoreName[] {
  return scoreNames.filter((name) => isByDefault(name) || questions.includes(name));
}

/** The questions that can be drawn in several ways. */
export type StyledScore = {
  [Name in ScoreName]: (typeof scoredQuestions)[Name]["styles"] extends readonly [Style] ? never : Name;
}[ScoreName];
export const styledScores = /* @__PURE__ */ scoresWith(({ styles }) => styles.length > 1) as StyledScore[];

/** The setting by which an owner chooses how such a question is drawn. */
export type StyleSettings = {
  [Name in StyledScore as `${Name}_style`]: (typeof scoredQuestions)[Name]["styles"][number];
};

/** The settings of style among all settings. */
export function stylesIn(settings: StyleSettings): StyleSettings {
  return Object.fromEntries(styledScores.map((name) => [`${name}_style`, settings[`${name}_style`]])) as StyleSettings;
}

/** How a question is drawn where these are the settings; one that is missing has its default. */
export function styleOf(name: ScoreName, settings: Partial<StyleSettings>): Style {
  const [byDefault]: readonly [Style, ...Style[]] = scoredQuestions[name].styles;
  return (settings as Partial<Record<string, Style>>)[`${name}_style`] ?? byDefault;
}

/** Every score that can be given, from the lowest. */
export const scoresOf = /* @__PURE__ */ forEachQuestion(({ scale: [lowest, highest] }) =>
  Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index),
);

/** The lowest and the highest value of the score that answers are summed up in, in points. */
export const scoreBounds = /* @__PURE__ */ forEachQuestion(({ scoring }): readonly [lowest: number, highest: number] =>
  scoring === "net" ? [-100, 100] : [0, 100],
);

/** From which score on a respondent gets the texts of a promoter, and from which those of a passive. */
export const respondentThresholds = /* @__PURE__ */ forEachQuestion(
  ({ bands }): readonly [promoter: number, passive: number] => {
    const promoter = Math.min(...lowestOf(bands, "promoter"));
    return [promoter, Math.min(promoter, ...lowestOf(bands, "passive"))];
  },
);

/** The group whose texts a respondent gets, by one of `respondentThresholds`. */
export function respondentGroup(
  score: number,
  [promoter, passive]: readonly [promoter: number, passive: number],
): RespondentGroup {
  return score >= promoter ? "promoter" : score >= passive ? "passive" : "detractor";
}

/** The group by the first scored question, in the order of the table, that was answered; `undefined` if none was. */
export function respondentGroupOf(answers: Readonly<Partial<Record<ScoreName, number>>>): RespondentGroup | undefined {
  const name = scoreNames.find((each) => answers[each] !== undefined);
  return name && respondentGroup(answers[name]!, respondentThresholds[name]);
}

/** The names of a question's bands, from the highest: the values of `nps_group` and its like. */
export function groupsOf<Name extends ScoreName>(name: Name): GroupOf<Name>[] {
  return scoredQuestions[name].bands.map(({ group }) => group);
}

/** The band that a score is in. The score must be one of the scale. */
export function groupOfScore<Name extends ScoreName>(name: Name, score: number): GroupOf<Name> {
  const bands: readonly BandOf<Name>[] = scoredQuestions[name].bands;
  return bands.find(({ scores: [lowest] }) => score >= lowest)!.group;
}

function forEachQuestion<Fact>(fact: (question: ScoredQuestion) => Fact): Record<ScoreName, Fact> {
  const entries = Object.entries(scoredQuestions).map(([name, question]) => [name, fact(question)]);
  return Object.fromEntries(entries) as Record<ScoreName, Fact>;
}

function scoresWith(has: (question: ScoredQuestion) => boolean): ScoreName[] {
  return scoreNames.filter((name) => has(scoredQuestions[name]));
}

function lowestOf(bands: readonly Band[], group: RespondentGroup): number[] {
  return bands.filter(({ respondent }) => respondent === group).map(({ scores: [lowest] }) => lowest);
}
