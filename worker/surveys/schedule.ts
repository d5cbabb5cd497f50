/** When a survey is asked: its pause, its beginning and its end. */
import type { SurveySettings } from "../../shared/schema/survey.ts";

/** Whether the survey's end has passed. */
export function isOver({ ends_at }: SurveySettings, now: number): boolean {
  return ends_at !== null && Date.parse(ends_at) <= now;
}

/** Whether the survey is asked at this moment: not paused, begun and not over. What is sent anyway is stored. */
export function isAsked(settings: SurveySettings, now: number): boolean {
  const begun = settings.starts_at === null || Date.parse(settings.starts_at) <= now;
  return !settings.paused && begun && !isOver(settings, now);
}
