/** What happens to a response between the door and the table: may its sender write, and what does it count under. */
import { dayInZone } from "../../shared/calendar.ts";
import { languageOf } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import { scoreNames } from "../../shared/questions.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { ResponseReceipt, SurveyResponse } from "../../shared/schema/response.ts";
import { isBuiltInSegment } from "../../shared/segments.ts";
import { hashText } from "../crypto/hash.ts";
import { recording } from "../db/audit.ts";
import type { Claim, NotSaved, Refused, Saved, StoredFacts } from "../db/responses.ts";
import { findResponseAmong, saveResponse } from "../db/responses.ts";
import { listTotals } from "../db/rollups.ts";
import { fitSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey, recallSurvey } from "../db/surveys.ts";
import { Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { anonymised } from "./anonymise.ts";
import { countedSegments, countsBy, crossedWith } from "./counted-segments.ts";
import { dailyLimit, limitOfWrite, rememberTotal } from "./daily-limit.ts";
import { checkOrigin, isAllowed } from "./origins.ts";
import type { Sender } from "./sender.ts";
import type { StoredIds } from "./stored-ids.ts";
import { isBelievable, storedIds } from "./stored-ids.ts";
import { topicSegments } from "./topic-segments.ts";

/** What became of a send that was not refused, and what its sender is told. */
export type Collected = { outcome: Saved["outcome"]; receipt: ResponseReceipt };

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
): Promise<Collected> {
  const recalled = await recallSurvey(store, response.survey);
  if (recalled && isAllowed(recalled, sender.origin) && recalled.settings.turnstile === null) {
    const saved = await save(store, recalled, response, sender, now);
    if (saved.outcome !== "absent") return reply(saved);
  }
  let survey = await mustFindSurvey(store, response.survey);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    checkOrigin(survey, sender.origin);
    const { turnstile } = survey.settings;
    if (turnstile !== null) await challenge(store, response, sender, { siteKey: turnstile, now });
    const saved = await save(store, survey, response, sender, now);
    if (saved.outcome !== "absent") return reply(saved);
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
  response: SurveyResponse,
  sender: Sender,
  { siteKey, now }: { siteKey: string; now: number },
): Promise<void> {
  if (sender.trusted || sender.channel === "invitation") return;
  const ids = idsFor(response, sender, now);
  if (await findResponseAmong(store, response.survey, [ids.id, ...ids.others])) return;
  if (!sender.prove) throw new Problem("challenge_required");
  // A token is bound to the id it comes with: none is spent on one that has to be made anew.
  if (!ids.mayCreate) throw clockSkew(now);
  await sender.prove(siteKey);
}

/** Stores the response under the id that `storedIds` chooses, or under another of them where it is there already. */
async function save(
  store: Store,
  survey: StoredSurvey,
  sent: SurveyResponse,
  sender: Sender,
  now: number,
): Promise<(Saved | NotSaved) & { id: string }> {
  const ids = idsFor(sent, sender, now);
  const saved = await saveAs(ids, store, survey, sent, sender, now);
  if (saved.outcome !== "absent" || !ids.others[0]) return { ...saved, id: ids.id };
  const id = (await findResponseAmong(store, survey.id, ids.others)) ?? ids.id;
  if (id === ids.id) return { ...saved, id };
  return { ...(await saveAs({ id, others: [], mayCreate: false }, store, survey, sent, sender, now)), id };
}

function idsFor({ id, secret }: SurveyResponse, { createdAt, trusted }: Sender, now: number): StoredIds {
  // A page of our own tells by itself when the person answered: the time in the id is not asked.
  if (createdAt !== undefined) return { id, others: [], mayCreate: true };
  // A server's clock is right: an old id from there is old news, and a later time would be a false one.
  return storedIds({ id, secret: trusted ? undefined : secret }, now);
}

/** `stored`: what the response rests on, where that is not what this send alone would make one believe. */
async function saveAs(
  ids: StoredIds,
  store: Store,
  survey: StoredSurvey,
  sent: SurveyResponse,
  sender: Sender,
  now: number,
  stored: StoredFacts | null = null,
  tries = 1,
): Promise<Saved | NotSaved> {
  const { id, others, mayCreate } = ids;
  const { anonymous, segments: declared, timezone } = survey.settings;
  const response = anonymous ? anonymised(sent, declared) : sent;
  const createdAt = answeredAt(response, sender, now);
  const day = dayInZone(createdAt, timezone);
  const limited = { survey: survey.id, day, limit: dailyLimit(survey, sender) };
  const { settings } = survey;
  const test = response.test ?? false;
  const own = {
    properties: response.properties ?? {},
    channel: sender.channel,
    language: languageOf(response.locale),
    device: countsBy(settings, "device") ? sender.device : null,
    test,
  };
  const facts = stored
    ? {
        properties: response.properties ?? stored.properties,
        channel: stored.channel,
        language: stored.language ?? own.language,
        device: stored.device ?? own.device,
        test,
      }
    : own;
  const fitted = await fitSegments(store, survey, countedSegments(settings, facts));
  const segments = Object.entries(fitted.segments);
  const builtIn = Object.fromEntries(segments.filter(([name]) => isBuiltInSegment(name)));
  const isLearned = (name: string) =>
    (name === "language" && stored?.language === null) || (name === "device" && stored?.device === null);
  const saved = await saveResponse(sender.act ? recording(store, sender.act) : store, {
    ...response,
    id,
    sentId: sent.id,
    otherIds: others,
    survey: survey.id,
    surveyVersion: survey.version,
    claim: claimOf(sender),
    mayCreate: mayCreate && hasAnswer(response),
    createdAt,
    daily: limitOfWrite(limited, now),
    day,
    now,
    updatedDay: today(survey, now),
    secretHash: response.secret && (await hashText(response.secret)),
    respondent: response.respondent && { id: response.respondent.id, verified: sender.verified },
    propertySegments: Object.fromEntries(segments.filter(([name]) => !isBuiltInSegment(name))),
    builtInSegments: {
      ...builtIn,
      ...(!test && sender.flags.length > 0 && { flagged: "true" }),
      ...(!test && response.respondent && !sender.verified && { unverified: "true" }),
    },
    learnedSegments: Object.fromEntries(Object.entries(builtIn).filter(([name]) => isLearned(name))),
    language: own.language,
    device: own.device,
    crossed: crossedWith(settings),
    countsFacts: countsBy(settings, "language") || countsBy(settings, "device") || crossedWith(settings).length > 0,
    seen: stored?.updatedAt ?? null,
    newcomers: fitted.newcomers,
    topicSegments: response.test ? {} : topicSegments(survey.settings, response.comment),
    channel: sender.channel,
    flags: sender.flags,
    test,
    amendableUntil: sender.amendableUntil,
  });
  if ("dayTotal" in saved) rememberTotal(limited, saved.dayTotal, now);
  if (saved.outcome !== "unmatched") return saved;
  if (tries >= MOST_TRIES) throw new Problem("overloaded", { detail: "The response changed in mid-write; try again." });
  return saveAs(ids, store, survey, sent, sender, now, saved.stored, tries + 1);
}

function claimOf({ channel, trusted }: Sender): Claim {
  if (channel === "link" || channel === "invitation") return channel;
  return trusted ? "key" : "secret";
}

function answeredAt({ id }: SurveyResponse, { createdAt }: Sender, now: number): number {
  return createdAt ?? (isBelievable(id, now) ? Math.min(instantOfResponseId(id), now) : now);
}

function hasAnswer(response: SurveyResponse): boolean {
  const { comment = "" } = response;
  return comment !== "" || scoreNames.some((name) => response[name] !== undefined);
}

function clockSkew(now: number): Problem {
  const { clockBackDays, clockAheadMinutes } = limits;
  const bounds = `more than ${clockBackDays} days back or ${clockAheadMinutes} minutes ahead of the server's`;
  const detail = `carries a time ${bounds}; older answers cannot be sent, for there is no import of them yet`;
  const errors = [{ pointer: "/id", detail }];
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
  if (!idsFor(response, sender, now).mayCreate) return clockSkew(now);
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

function reply(saved: (Saved | Refused) & { id: string }): Collected {
  if (!("createdAt" in saved)) throw new Problem(saved.outcome);
  const receipt = {
    id: saved.id,
    created_at: new Date(saved.createdAt).toISOString(),
    updated_at: new Date(saved.updatedAt).toISOString(),
  };
  return { outcome: saved.outcome, receipt };
}
