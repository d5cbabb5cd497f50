/** Whether a person may be asked now: one rule for pages and mails, so that nobody is asked on each channel in turn. */

import { DAY_MS } from "../../shared/calendar.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { ContactRefusal } from "../../shared/vocabulary.ts";
import type { Contact } from "../db/contacts.ts";

/**
 * Why the respondent must not be asked now; null if they may be asked. An invitation keeps its respondent from being asked for
 * as many days as a dismissal, since both were a question without an answer.
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
