/** Whether a survey is asked now: its pause, its beginning and its end. */
import type { SurveySettings } from "../../shared/schema/survey.ts";

/** Whether the survey's end has passed. */
export function isOver({ ends_at }: SurveySettings, now: number): boolean {
  return ends_at !== null && Date.parse(ends_at) <= now;
}

/** Whether the survey is asked now: it is not paused, has begun and is not over. A response that is sent anyway is stored. */
export function isAsked(settings: SurveySettings, now: number): boolean {
  const begun = settings.starts_at === null || Date.parse(settings.starts_at) <= now;
  return !settings.paused && begun && !isOver(settings, now);
}
