/**
 * What a message for people says, and in which order: each form shows the same. All of it is plain text, and what strangers wrote is
 * in it; a form has to show it to the letter, whatever means something to its service.
 */
import type { RespondentGroup } from "../../shared/questions.ts";
import { groupOfScore, respondentGroupOf, scoredQuestions, scoreNames } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { ScoreDrop, Unsubscribed } from "../../shared/schema/webhook.ts";
import { CROSS, segmentsOf } from "../../shared/segments.ts";
import type { MessageLanguage } from "../../shared/vocabulary.ts";
import { dashboardLink } from "./dashboard-link.ts";
import type { Message } from "./message.ts";
import type { Size } from "./plain.ts";
import { fitted, plainLine, plainText, sizeIn } from "./plain.ts";
import type { MessageWording } from "./wording.ts";
import { filled, messageWording } from "./wording.ts";

export type Fact = { name: string; value: string };

export type Summary = {
  language: MessageLanguage;
  /** What has happened, and in which survey; one line. */
  title: string;
  /** That it is a test; null of any other message. */
  note: string | null;
  /** Each score in words, a line each. */
  scores: string[];
  /** What the person wrote. It may have line breaks, and any length. */
  comment: string | null;
  /** The person, the page, the segments: a line each. */
  facts: Fact[];
  link: { text: string; url: string } | null;
  /** How the person is disposed; null where no score tells. */
  group: RespondentGroup | null;
  /** "… and 12 more characters". */
  more(n: number): string;
};

/** Characters of one-line texts that are shown, so that a few of them always leave room for the comment. */
const MOST = { survey: 120, name: 40, value: 60, person: 100, page: 200 } as const;

/** The comment, or its beginning and how much was cut where it has no room. `room` and `sizeOf` count alike. */
export function commentWithin({ comment, more }: Summary, room: number, sizeOf?: Size): string {
  const text = comment ?? "";
  if (sizeIn(text, sizeOf) <= room) return text;
  const note = (left: number) => `\n${more(left)}`;
  const { shown, left } = fitted(text, room - sizeIn(note(text.length), sizeOf), sizeOf);
  return `${shown}${note(left)}`;
}

export function summaryOf({ body, survey, webhook }: Message): Summary {
  const words = messageWording(webhook.language, survey.settings);
  const url = dashboardLink(webhook.dashboard, body);
  const title = (values: Record<string, string> = {}) =>
    filled(words.texts.titles[body.type], { survey: plainLine(survey.settings.name, MOST.survey), ...values });
  const common = {
    language: words.language,
    title: title(),
    note: body.test ? words.texts.test : null,
    comment: null,
    link: url === null ? null : { text: words.texts.open, url },
    group: null,
    more: words.more,
  };
  if (body.type === "score.dropped")
    return {
      ...common,
      title: title({ score: words.texts.scores[body.data.question] }),
      ...fallen(body.data, words),
    };
  if (body.type === "respondent.unsubscribed")
    return { ...common, scores: [], facts: unsubscribed(body.data, survey.settings.name, words) };
  const comment = body.test ? words.texts.test_comment : body.data.comment;
  return {
    ...common,
    scores: scoresOf(body.data, words),
    comment: comment === null ? null : plainText(comment),
    facts: factsOf(body.data, survey.settings.segments, words),
    group: respondentGroupOf(givenScores(body.data)) ?? null,
  };
}

function givenScores(response: ResponseItem) {
  return Object.fromEntries(scoreNames.flatMap((name) => (response[name] == null ? [] : [[name, response[name]]])));
}

function scoresOf(response: ResponseItem, { texts, number }: MessageWording): string[] {
  return scoreNames.flatMap((name) => {
    const score = response[name];
    if (score == null) return [];
    const most = number(scoredQuestions[name].scale[1]);
    const group = texts.groups[groupOfScore(name, score)];
    return [filled(texts.score, { name: texts.scores[name], score: number(score), most, group })];
  });
}

function factsOf({ respondent, page, properties }: ResponseItem, declared: readonly string[], words: MessageWording) {
  const { texts } = words;
  const facts: Fact[] = [];
  if (respondent) facts.push({ name: texts.person, value: personText(respondent, texts.unverified) });
  if (page !== null) facts.push({ name: texts.page, value: plainLine(page, MOST.page) });
  const plain = declared.filter((name) => !name.includes(CROSS));
  for (const [name, value] of Object.entries(segmentsOf(plain, properties)))
    facts.push({ name: plainLine(name, MOST.name), value: plainLine(value, MOST.value) });
  return facts;
}

function personText({ id, verified }: NonNullable<ResponseItem["respondent"]>, unverified: string): string {
  const person = plainLine(id, MOST.person);
  return verified ? person : `${person} (${unverified})`;
}

function unsubscribed({ respondent, survey, source }: Unsubscribed, surveyName: string, { texts }: MessageWording) {
  return [
    { name: texts.person, value: plainLine(respondent, MOST.person) },
    { name: texts.asked_by, value: texts.sources[source] },
    { name: texts.applies_to, value: survey === null ? texts.all_surveys : plainLine(surveyName, MOST.survey) },
  ];
}

function fallen({ question, before, after }: ScoreDrop, words: MessageWording): Pick<Summary, "scores" | "facts"> {
  const { texts, number } = words;
  const isShare = scoredQuestions[question].scoring === "share";
  const figure = (score: number) => `${number(score)}${isShare ? "\u00a0%" : ""}`;
  const values = { name: texts.scores[question], after: figure(after.score), before: figure(before.score) };
  const fact = ({ from, to, score, responses }: ScoreDrop["before"]): Fact => ({
    name: words.days(from, to),
    value: `${figure(score)}, ${words.answers(responses)}`,
  });
  return { scores: [filled(texts.fallen, values)], facts: [fact(after), fact(before)] };
}
