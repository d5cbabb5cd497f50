/** Erasure of a person, survey by survey: names, words and properties go, the bare scores stay in the figures. */
import { dayInZone } from "../../shared/calendar.ts";
import { eraseInvitationsOf, listSurveysOf } from "../db/respondents.ts";
import { sealResponsesOf } from "../db/responses.ts";
import type { Store } from "../db/store.ts";
import { findSurvey, today } from "../db/surveys.ts";

const CHUNK = 500;
/** Three queries each: together they fit into one invocation of the free plan. */
const SURVEYS = 12;

/** A bounded part of the work. `more`: call again. Unsubscribes stay: they are the person's own wish. */
export async function erasePerson(
  store: Store,
  respondent: string,
  only: string | null,
  now: number,
): Promise<{ responses: number; invitations: number; more: boolean }> {
  const surveys = await listSurveysOf(store, respondent, only, SURVEYS);
  let responses = 0;
  let more = surveys.length === SURVEYS;
  for (const id of surveys) {
    const survey = await findSurvey(store, id);
    const at = { now, day: survey ? today(survey, now) : dayInZone(now, "UTC") };
    const sealed = await sealResponsesOf(store, id, respondent, at, CHUNK);
    responses += sealed;
    more ||= sealed === CHUNK;
  }
  const invitations = await eraseInvitationsOf(store, respondent, only, CHUNK);
  return { responses, invitations, more: more || invitations === CHUNK };
}
