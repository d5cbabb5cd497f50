import { dayInZone } from "../../shared/time/calendar.ts";
import type { StoredSurvey } from "../db/surveys.ts";

/** The calendar day on which a write to the survey counts now. */
export function today(survey: Pick<StoredSurvey, "settings" | "firstOpenDay">, now: number): string {
  const day = dayInZone(now, survey.settings.timezone);
  const isOver = day < survey.firstOpenDay;
  return isOver ? survey.firstOpenDay : day;
}
