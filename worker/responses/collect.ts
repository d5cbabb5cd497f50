/** What happens to a response between the request and the table: may its sender write, and what does it count under. */

import { limits } from "../../shared/limits.ts";
import { scoreNames } from "../../shared/questions.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { ResponseReceipt, SurveyResponse } from "../../shared/schema/response.ts";
import { dayInZone } from "../../shared/time/calendar.ts";
import { hashText } from "../crypto/hash.ts";
import { recording } from "../db/audit.ts";
import type { Claim, NotSaved, Refused, Saved, StoredFacts, Unmatched } from "../db/responses.ts";
import { findResponseAmong, saveResponse } from "../db/responses.ts";
import { listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey, isWhole, mustBeWhole, recallSurvey } from "../db/surveys.ts";
import { Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { anonymised } from "./anonymise.ts";
import { countsBy, crossedWith } from "./counted-segments.ts";
import { dailyLimit, limitOfWrite, rememberTotal } from "./daily-limit.ts";
import { checkOrigin, isAllowed } from "./origins.ts";
import type { Sender } from "./sender.ts";
import type { StoredIds } from "./stored-ids.ts";
import { isBelievable, storedIds } from "./stored-ids.ts";
import { factsOfSend, mergedFacts, writtenSegments } from "./written-segments.ts";

/** What a send that was not refused did, and the reply to its sender. */
export type Collected = {
  outcome: Saved["outcome"];
  receipt: ResponseReceipt;
  /** Whether a webhook listens to the survey, so that there may be a message to send. */
  hasWebhooks: boolean;
};

/** One send on its way into the table: `now` is the server's clock in ms since 1970. */
type Send = { store: Store; sent: SurveyResponse; sender: Sender; now: number };

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
  const send: Send = { store, sent: response, sender, now };
  const recalled = await recallSurvey(store, response.survey);
  if (recalled && isWhole(recalled) && isAllowed(recalled, sender.origin) && recalled.settings.turnstile === null) {
    const saved = await save(send, recalled);
    if (saved.outcome !== "absent") return reply(saved, recalled);
  }
  let survey = await mustFindSurvey(store, response.survey);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    checkOrigin(survey, sender.origin);
    mustBeWhole(survey);
    const { turnstile } = survey.settings;
    if (turnstile !== null) await challenge(send, turnstile);
    const saved = await save(send, survey);
    if (saved.outcome !== "absent") return reply(saved, survey);
    const judged = survey;
    survey = await mustFindSurvey(store, response.survey);
    if (survey.version === judged.version) throw await whyAbsent(send, survey);
  }
  // No status from 400 to 499: a sender drops its answer at a refusal, and this failure is no fault of the sender.
  throw new Problem("overloaded", { detail: "The survey's settings changed in mid-write; try again." });
}

/** While a write is under way, an owner may save settings once or twice. */
const MOST_TRIES = 3;

async function mustFindSurvey(store: Store, id: string): Promise<StoredSurvey> {
  const survey = await findSurvey(store, id);
  if (survey) return survey;
  throw new Problem("unknown_survey", { errors: [{ pointer: "/survey", detail: "is not a survey here" }] });
}

/**
 * A token admits one response; the later sends of that response are admitted by its secret. A signed link is proof enough.
 */
async function challenge({ store, sent, sender, now }: Send, siteKey: string): Promise<void> {
  if (sender.trusted || sender.channel === "invitation") return;
  const ids = idsFor(sent, sender, now);
  if (await findResponseAmong(store, sent.survey, [ids.id, ...ids.others])) return;
  if (!sender.prove) throw new Problem("challenge_required");
  // A token is bound to the id that it comes with, so none is spent on an id that the sender has to make anew.
  if (!ids.mayCreate) throw clockSkew(now);
  await sender.prove(siteKey);
}

/** Stores the response under the id that `storedIds` chooses, or under another of them where it is there already. */
async function save(send: Send, survey: StoredSurvey): Promise<(Saved | NotSaved) & { id: string }> {
  const ids = idsFor(send.sent, send.sender, send.now);
  const saved = await saveAs(send, survey, ids);
  if (saved.outcome !== "absent" || !ids.others[0]) return { ...saved, id: ids.id };
  const id = (await findResponseAmong(send.store, survey.id, ids.others)) ?? ids.id;
  if (id === ids.id) return { ...saved, id };
  return { ...(await saveAs(send, survey, { id, others: [], mayCreate: false })), id };
}

function idsFor({ id, secret }: SurveyResponse, { createdAt, trusted }: Sender, now: number): StoredIds {
  // A page of ours knows when the person answered, so the time in the id does not matter.
  if (createdAt !== undefined) return { id, others: [], mayCreate: true };
  // A server's clock is taken as right: an old id from there is an old answer, which must not get the current time.
  return storedIds({ id, secret: trusted ? undefined : secret }, now);
}

/** Stores the response under these ids. If its segments depend on what is stored, it is written again with those facts. */
async function saveAs(send: Send, survey: StoredSurvey, ids: StoredIds): Promise<Saved | NotSaved> {
  let stored: StoredFacts | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const saved = await write(send, survey, ids, stored);
    if (saved.outcome !== "unmatched") return saved;
    stored = saved.stored;
  }
  throw new Problem("overloaded", { detail: "The response changed in mid-write; try again." });
}

/** Writes the response once. `stored`: the facts of the stored response, if the segments depend on them. */
async function write(
  { store, sent, sender, now }: Send,
  survey: StoredSurvey,
  { id, others, mayCreate }: StoredIds,
  stored: StoredFacts | null,
): Promise<Saved | NotSaved | Unmatched> {
  const { settings } = survey;
  const response = settings.anonymous ? anonymised(sent, settings.segments) : sent;
  const createdAt = answeredAt(response, sender, now);
  const day = dayInZone(createdAt, settings.timezone);
  const limited = { survey: survey.id, day, limit: dailyLimit(survey, sender) };
  const own = factsOfSend(response, sender, settings);
  const facts = stored ? mergedFacts(stored, own, response) : own;
  const saved = await saveResponse(sender.act ? recording(store, sender.act) : store, {
    ...response,
    ...(await writtenSegments(store, survey, { response, sender, facts, stored })),
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
    crossed: crossedWith(settings),
    countsFacts: countsBy(settings, "language") || countsBy(settings, "device") || crossedWith(settings).length > 0,
    countsPage: countsBy(settings, "page"),
    seen: stored?.updatedAt ?? null,
    channel: sender.channel,
    language: own.language,
    device: own.device,
    test: own.test,
    flags: sender.flags,
    amendableUntil: sender.amendableUntil,
    announcement:
      survey.hasWebhooks && sender.channel !== "import"
        ? { finished: sender.finished ?? false, questions: settings.questions }
        : null,
  });
  if ("dayTotal" in saved) rememberTotal(limited, saved.dayTotal, now);
  return saved;
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
  const detail = `carries a time ${bounds}; older answers come in by the import: POST /v1/surveys/:survey/import`;
  const errors = [{ pointer: "/id", detail }];
  return new Problem("clock_skew", { errors, now: new Date(now).toISOString() });
}

/** Why a new response could not be made, the survey being what it was. */
async function whyAbsent({ store, sent: response, sender, now }: Send, survey: StoredSurvey): Promise<Problem> {
  if (!idsFor(response, sender, now).mayCreate) return clockSkew(now);
  if (!hasAnswer(response)) return new Problem("no_answer");
  const limit = dailyLimit(survey, sender);
  const day = dayInZone(answeredAt(response, sender, now), survey.settings.timezone);
  const [total] = limit === null ? [] : await listTotals(store, [survey.id], { from: day, to: day });
  // Meanwhile the day has room again, or another send of this response was stored.
  if (limit === null || (total?.counts.responses ?? 0) < limit) return new Problem("overloaded");
  return new Problem("rate_limited", {
    detail: "The survey has taken the `daily_limit` of responses for that day; keep the answer and send it later.",
    retryAfterSeconds: FULL_DAY_SECONDS,
  });
}

/** When a page sends again: an owner can make room at any time by excluding responses or by raising the limit. */
const FULL_DAY_SECONDS = 3600;

function reply(saved: (Saved | Refused) & { id: string }, { hasWebhooks }: StoredSurvey): Collected {
  if (!("createdAt" in saved)) throw new Problem(saved.outcome);
  const receipt = {
    id: saved.id,
    created_at: new Date(saved.createdAt).toISOString(),
    updated_at: new Date(saved.updatedAt).toISOString(),
  };
  return { outcome: saved.outcome, receipt, hasWebhooks };
}
