/** What new settings of a survey change: the days that are open, and the backfill. */

import type { SurveySettings } from "../../shared/schema/survey.ts";
import { isSameZone } from "../../shared/time/calendar.ts";
import type { Backfill } from "../db/backfill.ts";
import type { StoredSurvey, SurveyChange } from "../db/surveys.ts";
import { today } from "./booking-day.ts";

/** The survey's change to these settings, made at `now` or, where the last change has that time already, just after it. */
export function settingsChange(survey: StoredSurvey, settings: SurveySettings, now: number): SurveyChange {
  // The new zone may be a day behind the old one. No write may then be counted on a day earlier than today.
  const isSame = isSameZone(settings.timezone, survey.settings.timezone);
  const firstOpenDay = isSame ? survey.firstOpenDay : today(survey, now);
  const day = today({ settings, firstOpenDay }, now);
  return {
    settings,
    firstOpenDay,
    filling: backfillAfter(survey, settings),
    now: Math.max(now, survey.updatedAt + 1),
    day,
  };
}

/** The backfill that the new settings need; null if they declare no new segment and leave the topics as they are. */
function backfillAfter({ settings: before, filling }: StoredSurvey, settings: SurveySettings): Backfill | null {
  const added = settings.segments.filter((name) => !before.segments.includes(name));
  if (added.length === 0 && JSON.stringify(settings.topics) === JSON.stringify(before.topics)) return null;
  return { segments: [...new Set([...(filling?.segments ?? []), ...added])], after: "", done: 0, of: null };
}
