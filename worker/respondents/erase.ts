/** Erases a person, survey by survey: ids, comments and properties are deleted, and the bare scores stay in the figures. */
import { dayInZone } from "../../shared/time/calendar.ts";
import type { Act } from "../db/audit.ts";
import { listIdsOf, sealResponses } from "../db/erasure.ts";
import { eraseInvitationsOf, listSurveysOf } from "../db/respondents.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey, mustBeWhole } from "../db/surveys.ts";
import { today } from "../surveys/booking-day.ts";
import { foldValues } from "./fold-values.ts";
import { unname } from "./unsubscribing.ts";

const CHUNK = 500;
/** Surveys of one call. Each costs seventeen queries, and an invocation on the free plan has 50. */
const SURVEYS = 2;

/**
 * Does a bounded part of the work; `more` asks for another call. Unsubscribes are the person's own wish and stay, without the
 * id.
 */
export async function erasePerson(
  store: Store,
  respondent: string,
  only: string | null,
  now: number,
  act: Act,
): Promise<{ responses: number; invitations: number; more: boolean }> {
  const surveys = await listSurveysOf(store, respondent, only, SURVEYS + 1);
  let responses = 0;
  let more = surveys.length > SURVEYS;
  for (const survey of surveys.slice(0, SURVEYS)) {
    const found = await findSurvey(store, survey);
    if (found) mustBeWhole(found);
    const day = dayOf(found, now);
    const ids = await listIdsOf(store, survey, respondent, CHUNK);
    responses += await sealResponses(store, { survey, ids, respondent, now, day }, act);
    more ||= ids.length === CHUNK;
    // For two surveys an invocation has not enough queries, so the cron does it.
    if (surveys.length === 1) await foldValues(store, survey, day);
  }
  await unname(store, respondent, only);
  const invitations = await eraseInvitationsOf(store, respondent, only, CHUNK, act);
  return { responses, invitations, more: more || invitations === CHUNK };
}

/** The day on which a change of the survey's counters is booked, also when the survey is deleted. */
export async function todayOf(store: Store, id: string, now: number): Promise<string> {
  return dayOf(await findSurvey(store, id), now);
}

function dayOf(survey: StoredSurvey | null, now: number): string {
  return survey ? today(survey, now) : dayInZone(now, "UTC");
}
