/** What happens to a response between the door and the table: may its sender write, and what does it count under. */
import { dayInZone } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { Channel } from "../../shared/schema/comment.ts";
import type { ResponseReceipt, SurveyResponse } from "../../shared/schema/response.ts";
import { isBuiltInSegment, segmentsOf } from "../../shared/segments.ts";
import { cleanText } from "../../shared/text.ts";
import { hashText } from "../crypto/hash.ts";
import type { NotSaved, Refused, Saved } from "../db/responses.ts";
import { isResponse, saveResponse } from "../db/responses.ts";
import { listTotals } from "../db/rollups.ts";
import { foldSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey, recallSurvey, today } from "../db/surveys.ts";
import { Problem } from "../http/problem-reply.ts";
import { anonymised } from "./anonymise.ts";
import { dailyLimit, howToLimit, learn } from "./daily-limit.ts";
import { topicSegments } from "./topic-segments.ts";

/** What the request itself tells of its sender. */
export type Sender = {
  channel: Channel;
  /** The page's origin, null where no browser sent it; undefined: not judged by it (a key, a page of our own). */
  origin?: string | null;
  device: "phone" | "tablet" | "desktop" | null;
  /** Whether the respondent's identity was proven. */
  verified: boolean;
  flags: readonly string[];
  /** When the person answered, by the server's clock, for a page of our own; by default the time inside the id. */
  createdAt?: number;
  /** Holds a key that may write: asked for no challenge, and stored past the daily limit. */
  trusted?: boolean;
  /** Shows that a person is there, or throws. Absent: it cannot be shown, and a survey that asks for it stays shut. */
  prove?: (siteKey: string) => Promise<void>;
  /** Instant until which the response may be changed; by default 24 hours after it was first stored. */
  amendableUntil?: number;
};

/**
 * Stores a response or changes it. Throws `unknown_survey`, `origin_not_allowed`, `challenge_required`, `clock_skew`,
 * `no_answer`, `not_yours`, `closed`, `rate_limited`, `overloaded`. The survey may come from this isolate's memory:
 * whatever is decided on it holds only if its version is still the stored one, which the write itself checks.
 */
export async function collectResponse(
  store: Store,
  response: SurveyResponse,
  sender: Sender,
  now: number,
): Promise<{ created: boolean; receipt: ResponseReceipt }> {
  const recalled = await recallSurvey(store, response.survey);
  if (recalled && isAllowed(recalled, sender.origin) && recalled.settings.turnstile === null) {
    const saved = await save(store, recalled, response, sender, now);
    if (saved.outcome !== "absent") return reply(response.id, saved);
  }
  let survey = await mustFindSurvey(store, response.survey);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    checkOrigin(survey, sender.origin);
    const { turnstile } = survey.settings;
    if (turnstile !== null) await challenge(store, response, sender, { siteKey: turnstile, now });
    const saved = await save(store, survey, response, sender, now);
    if (saved.outcome !== "absent") return reply(response.id, saved);
    const judged = survey;
    survey = await mustFindSurvey(store, response.survey);
    if (survey.version === judged.version) throw await whyAbsent(store, survey, response, sender, now);
  }
  // Never a 4xx: who sends an answer drops it at a refusal, and this one is no fault of theirs.
  throw new Problem("overloaded", { detail: "The survey's settings changed in mid-write; try again." });
}

/** An owner who saves settings does it once or twice in the time that a write takes. */
const MOST_TRIES = 3;

async function mustFindSurvey(store: Store, id: string): Promise<StoredSurvey> {
  const survey = await findSurvey(store, id);
  if (survey) return survey;
  throw new Problem("unknown_survey", { errors: [{ pointer: "/survey", detail: "is not a survey here" }] });
}

/** One token lets one response in; its later sends are let in by its secret. A signed link is proof enough. */
async function challenge(
  store: Store,
  { survey, id }: SurveyResponse,
  sender: Sender,
  { siteKey, now }: { siteKey: string; now: number },
): Promise<void> {
  if (sender.trusted || sender.channel === "invitation" || (await isResponse(store, survey, id))) return;
  if (!sender.prove) throw new Problem("challenge_required");
  // A token is bound to the id it comes with: none is spent on one that has to be made anew.
  if (!isBelievable(id, now)) throw clockSkew(now);
  await sender.prove(siteKey);
}

async function save(
  store: Store,
  survey: StoredSurvey,
  sent: SurveyResponse,
  sender: Sender,
  now: number,
): Promise<Saved | NotSaved> {
  const { anonymous, segments: declared, timezone } = survey.settings;
  const response = anonymous ? anonymised(sent, declared) : sent;
  const createdAt = answeredAt(response, sender, now);
  const day = dayInZone(createdAt, timezone);
  const limit = dailyLimit(survey, sender);
  const segments = Object.entries(await countedUnder(store, survey, response, sender));
  const saved = await saveResponse(store, {
    ...response,
    survey: survey.id,
    surveyVersion: survey.version,
    mayCreate: hasAnswer(response) && (sender.createdAt !== undefined || isBelievable(response.id, now)),
    createdAt,
    daily: howToLimit(survey.id, day, limit, now),
    day,
    now,
    updatedDay: today(survey, now),
    secretHash: response.secret && (await hashText(response.secret)),
    respondent: response.respondent && { id: response.respondent.id, verified: sender.verified },
    propertySegments: Object.fromEntries(segments.filter(([name]) => !isBuiltInSegment(name))),
    builtInSegments: Object.fromEntries(segments.filter(([name]) => isBuiltInSegment(name))),
    topicSegments: response.test ? {} : topicSegments(survey.settings, response.comment),
    channel: sender.channel,
    flags: sender.flags,
    test: response.test ?? false,
    amendableUntil: sender.amendableUntil,
  });
  if ("dayTotal" in saved) learn(survey.id, day, limit, saved.dayTotal, now);
  return saved;
}

function answeredAt({ id }: SurveyResponse, { createdAt }: Sender, now: number): number {
  return createdAt ?? Math.min(instantOfResponseId(id), now);
}

/** The value of each segment; those that cost a row only when they say something (flagged, unverified) among them. */
async function countedUnder(
  store: Store,
  survey: StoredSurvey,
  response: SurveyResponse,
  sender: Sender,
): Promise<Record<string, string>> {
  if (response.test) return {};
  const declared = segmentsOf(survey.settings.segments, {
    ...response.properties,
    channel: sender.channel,
    language: response.locale?.split("-")[0]?.toLowerCase() ?? null,
    device: sender.device,
  });
  const marks = {
    ...(sender.flags.length > 0 && { flagged: "true" }),
    ...(response.respondent && !sender.verified && { unverified: "true" }),
  };
  return { ...(await foldSegments(store, survey.id, declared)), ...marks };
}

/** Throws `origin_not_allowed` unless the page that sent the request may speak for the survey. */
export function checkOrigin(survey: StoredSurvey, origin: Sender["origin"]): void {
  if (!isAllowed(survey, origin)) throw notAllowed(origin);
}

function isAllowed(survey: StoredSurvey, origin: Sender["origin"]): boolean {
  const { origins } = survey.settings;
  if (origin === undefined || origins.length === 0) return true;
  return origin !== null && origins.some((allowed) => matchesOrigin(origin, allowed));
}

/** `https://*.shop.example` stands for every host below shop.example, not for shop.example itself. */
function matchesOrigin(origin: string, allowed: string): boolean {
  const [scheme, rest] = allowed.split("://*.");
  if (rest === undefined) return origin === allowed;
  return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${rest}`);
}

function notAllowed(origin: Sender["origin"]): Problem {
  const who = origin ? `\`${cleanText(origin.slice(0, 200))}\` is` : "The request came from no page, and those are";
  return new Problem("origin_not_allowed", { detail: `${who} not among the survey's \`origins\`.` });
}

function hasAnswer({ nps, csat, comment }: SurveyResponse): boolean {
  return nps !== undefined || csat !== undefined || (comment !== undefined && comment !== "");
}

function isBelievable(id: string, now: number): boolean {
  const instant = instantOfResponseId(id);
  return instant >= now - limits.clockBackDays * 86_400_000 && instant <= now + limits.clockAheadMinutes * 60_000;
}

function clockSkew(now: number): Problem {
  const errors = [{ pointer: "/id", detail: "carries a time too far from the server's" }];
  return new Problem("clock_skew", { errors, now: new Date(now).toISOString() });
}

/** Why a new response could not be made, the survey being what it was. */
async function whyAbsent(
  store: Store,
  survey: StoredSurvey,
  response: SurveyResponse,
  sender: Sender,
  now: number,
): Promise<Problem> {
  if (!isBelievable(response.id, now)) return clockSkew(now);
  if (!hasAnswer(response)) return new Problem("no_answer");
  const limit = dailyLimit(survey, sender);
  const day = dayInZone(answeredAt(response, sender, now), survey.settings.timezone);
  const [total] = limit === null ? [] : await listTotals(store, [survey.id], { from: day, to: day });
  // Room was made since, or somebody else's send of this response came between.
  if (limit === null || (total?.counts.responses ?? 0) < limit) return new Problem("overloaded");
  return new Problem("rate_limited", {
    detail: "The survey has taken the `daily_limit` of responses for that day; keep the answer and send it later.",
    retryAfterSeconds: FULL_DAY_SECONDS,
  });
}

/** Excluding junk or raising the limit makes room at once; pages ask again after an hour. */
const FULL_DAY_SECONDS = 3600;

function reply(id: string, saved: Saved | Refused): { created: boolean; receipt: ResponseReceipt } {
  if (!("createdAt" in saved)) throw new Problem(saved.outcome);
  const receipt = {
    id,
    created_at: new Date(saved.createdAt).toISOString(),
    updated_at: new Date(saved.updatedAt).toISOString(),
  };
  return { created: saved.outcome === "created", receipt };
}
