/** May this person be asked now? One rule for the page and for the mail, so that the channels do not pile up. */

import { DAY_MS } from "../../shared/calendar.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { ContactRefusal } from "../../shared/vocabulary.ts";
import type { Contact } from "../db/contacts.ts";

/**
 * Why the respondent is to be left alone; null when nothing speaks against asking. An invitation not answered counts as
 * long as a dismissal: both are a question that was not welcome.
 */
export function contactRefusal(contact: Contact, { throttle }: SurveySettings, now: number): ContactRefusal | null {
  if (contact.unsubscribed) return "unsubscribed";
  if (isWithin(contact.answered_at, throttle.after_answer_days, now)) return "answered_recently";
  if (isWithin(contact.invited_at, throttle.after_dismissal_days, now)) return "invited_recently";
  return null;
}

/** The instant after which an invitation keeps its respondent from being invited again. */
export function invitedSince({ throttle }: SurveySettings, now: number): number {
  return now - throttle.after_dismissal_days * DAY_MS;
}

function isWithin(instant: number | null, days: number, now: number): boolean {
  return instant !== null && now - instant < days * DAY_MS;
}
