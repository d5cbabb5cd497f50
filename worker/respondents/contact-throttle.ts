/** Whether a person may be asked now: one rule for pages and mails, so that nobody is asked on each channel in turn. */

import type { SurveySettings } from "../../shared/schema/survey.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { ContactRefusal } from "../../shared/vocabulary.ts";
import type { Contact } from "../db/contacts.ts";
import { listLastContacts } from "../db/contacts.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findContacts } from "./unsubscribing.ts";

/** Each respondent, and why they must not be asked by the survey now; null if they may be asked. */
export type Judged = { respondent: string; refusal: ContactRefusal | null };

/** Judges the respondents, in their order. Other surveys are looked at only where the setting `any_survey_days` asks for it. */
export async function judgeContacts(
  store: Store,
  survey: Pick<StoredSurvey, "id" | "settings">,
  respondents: readonly string[],
  now: number,
): Promise<Judged[]> {
  const contacts = await findContacts(store, survey.id, respondents);
  const days = survey.settings.throttle.any_survey_days;
  const last = days > 0 ? await listLastContacts(store, respondents) : new Map<string, number>();
  return contacts.map((contact) => {
    const elsewhere = isWithin(last.get(contact.respondent) ?? null, days, now) ? "asked_elsewhere" : null;
    return { respondent: contact.respondent, refusal: contactRefusal(contact, survey.settings, now) ?? elsewhere };
  });
}

/** A person who has an invitation to the survey since `invited_at` (ms). `reminder`: a mail about it has gone to them before. */
export type Invited = { respondent: string; invited_at: number; reminder: boolean };

/**
 * Judges again those whom an invitation of theirs is to be mailed to, in their order: by what has happened since they were invited.
 * A reminder goes to nobody whom another survey has met since, whatever `any_survey_days` says.
 */
export async function judgeInvited(
  store: Store,
  survey: Pick<StoredSurvey, "id" | "settings">,
  invited: readonly Invited[],
  now: number,
): Promise<Judged[]> {
  const respondents = invited.map(({ respondent }) => respondent);
  const contacts = await findContacts(store, survey.id, respondents);
  const { any_survey_days: days, after_dismissal_days: afterQuestion } = survey.settings.throttle;
  const isAnywhere = days > 0 || invited.some(({ reminder }) => reminder);
  const last = isAnywhere ? await listLastContacts(store, respondents) : new Map<string, number>();
  return invited.map(({ respondent, invited_at, reminder }, index) => {
    const since = (instant: number | null) => (instant !== null && instant > invited_at ? instant : null);
    const contact = contacts[index]!;
    const refusal = contactRefusal({ ...contact, invited_at: since(contact.invited_at) }, survey.settings, now);
    const most = reminder ? Math.max(days, afterQuestion) : days;
    const elsewhere = isWithin(since(last.get(respondent) ?? null), most, now) ? "asked_elsewhere" : null;
    return { respondent, refusal: refusal ?? elsewhere };
  });
}

/**
 * Why the respondent must not be asked now; null if they may be asked. An invitation keeps its respondent from being asked for
 * as many days as a dismissal, since both were a question without an answer.
 */
function contactRefusal(contact: Contact, { throttle }: SurveySettings, now: number): ContactRefusal | null {
  if (contact.unsubscribed) return "unsubscribed";
  if (isWithin(contact.answered_at, throttle.after_answer_days, now)) return "answered_recently";
  if (isWithin(contact.invited_at, throttle.after_dismissal_days, now)) return "invited_recently";
  return null;
}

/** The instant after which an invitation keeps its respondent from being invited again. */
export function invitedSince({ throttle }: SurveySettings, now: number): number {
  return now - throttle.after_dismissal_days * DAY_MS;
}

/** The instant after which an invitation to any survey keeps its respondent from being invited; null: others do not matter. */
export function invitedAnywhereSince({ throttle }: SurveySettings, now: number): number | null {
  return throttle.any_survey_days > 0 ? now - throttle.any_survey_days * DAY_MS : null;
}

function isWithin(instant: number | null, days: number, now: number): boolean {
  return instant !== null && now - instant < days * DAY_MS;
}
