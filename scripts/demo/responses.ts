import { topicFinder } from "../../shared/comments/topics.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { npsGroup } from "../../shared/score.ts";
import { segmentOfTopic, segmentsOf } from "../../shared/segments.ts";
import { DAY_MS, dayInZone } from "../../shared/time/calendar.ts";
import type { SampleLanguage } from "./comments.ts";
import { sampleComments } from "./comments.ts";

export type SampleResponse = {
  id: string;
  createdAt: number;
  day: string;
  nps: number | null;
  csat: number | null;
  comment: string | null;
  properties: { department: string; plan: string; sample: true };
  /** Values of the declared segments. */
  segments: Record<string, string>;
  /** The topics that the comment names, as segments. */
  topics: Record<string, string>;
  locale: SampleLanguage;
  page: string;
};

const days = 100;

/** The demo's past, oldest first: the same sequence on every machine, laid so that it ends shortly before `now`. */
export function sampleResponses(now: number, settings: Pick<SurveySettings, "segments" | "topics">): SampleResponse[] {
  const luck = seededLuck(20_261_122);
  const topicsOf = topicFinder(settings.topics);
  const midnight = now - (now % DAY_MS);
  const responses: SampleResponse[] = [];
  for (let age = days; age >= 0; age--) {
    const count = 3 + Math.floor(luck() * 7);
    for (let each = 0; each < count; each++) {
      const createdAt = midnight - age * DAY_MS + Math.floor((7 + luck() * 15) * 3_600_000);
      const response = { ...sampleResponse(createdAt, age, settings.segments, luck), topics: {} };
      const topics = response.comment === null ? [] : topicsOf(response.comment);
      response.topics = Object.fromEntries(topics.map((topic) => [segmentOfTopic(topic), "true"]));
      // Luck is spent either way, or today's hour would change the past.
      if (createdAt < now) responses.push(response);
    }
  }
  return responses.sort((a, b) => a.createdAt - b.createdAt);
}

function sampleResponse(createdAt: number, age: number, declared: readonly string[], luck: () => number) {
  const department = pick(luck, ["clothes", "clothes", "kitchen", "kitchen", "garden"]);
  const plan = pick(luck, ["guest", "guest", "member", "member", "member", "business"]);
  const locale = pick<SampleLanguage>(luck, ["en", "en", "uk", "uk", "uk", "ru"]);
  const nps = npsScore(luck, mood(age, department, plan));
  const csat = luck() < 0.82 ? csatScore(luck, nps) : null;
  const group = npsGroup(nps);
  const told = sampleComments[locale][group];
  const ofDelivery = told.filter((each) => /deliver|достав/i.test(each));
  const comments = group === "detractor" && isLate(age, department) ? ofDelivery : told;
  // The unhappy write more often.
  const comment = luck() < (group === "detractor" ? 0.55 : 0.3) ? pick(luck, comments) : null;
  const properties = { department, plan, sample: true as const };
  const random = Uint8Array.from({ length: 10 }, () => Math.floor(luck() * 256));
  return {
    id: mintResponseId(createdAt, random),
    createdAt,
    day: dayInZone(createdAt, "UTC"),
    nps,
    csat,
    comment,
    properties,
    segments: segmentsOf(declared, { ...properties, language: locale }),
    locale,
    page: `https://shop.example/${department}/`,
  };
}

/** For five weeks the garden department's deliveries were late. */
function isLate(age: number, department: string): boolean {
  return department === "garden" && age > 25 && age < 60;
}

/** How content people are, 0 to 1: members more, and less where deliveries were late. */
function mood(age: number, department: string, plan: string): number {
  const late = isLate(age, department) ? 0.25 : 0;
  const plans: Record<string, number> = { member: 0.08, business: -0.06 };
  return 0.66 + (plans[plan] ?? 0) - late + (days - age) * 0.0006;
}

/** Most people give 8 to 10, a few 0 to 3, hardly anybody 1 or 2: scores are no bell. */
function npsScore(luck: () => number, mood: number): number {
  const roll = luck();
  if (roll < mood * 0.78) return pick(luck, [9, 9, 10, 10, 10]);
  if (roll < mood * 0.78 + 0.24) return pick(luck, [7, 8, 8]);
  return pick(luck, [0, 2, 3, 4, 5, 5, 6, 6, 6]);
}

function csatScore(luck: () => number, nps: number): number {
  if (nps >= 9) return pick(luck, [4, 5, 5, 5]);
  if (nps >= 7) return pick(luck, [3, 4, 4, 4]);
  return nps >= 4 ? pick(luck, [2, 3, 3, 4]) : pick(luck, [1, 1, 2]);
}

function pick<Choice>(luck: () => number, choices: readonly Choice[]): Choice {
  return choices[Math.floor(luck() * choices.length)] as Choice;
}

/** Mulberry32: the same luck everywhere, 0 to 1. */
function seededLuck(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
