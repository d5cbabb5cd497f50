/** Scores in Delighted's words, out of the same counters and by the same arithmetic as the native figures. */
import { limits } from "../../shared/limits.ts";
import type { Band } from "../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../shared/questions.ts";
import type { Share } from "../../shared/score.ts";
import { addDays, addYears, dayInZone } from "../../shared/time/calendar.ts";
import { findNewestDay } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { checkQuery } from "../metrics/query.ts";
import { readMetrics } from "../metrics/read.ts";
import { invalid } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { mainQuestion } from "./responses.ts";

/** Where nobody says which days: so many, up to the day of the newest response. */
const USUAL_DAYS = 30;

/**
 * The figures from `since` to `until` (ms), each with the whole day in the survey's time zone. For each scored question its score
 * (null where nobody answered), and of each band `…_count` and `…_percent`; `response_count` is of the main question.
 */
export async function delightedMetrics(
  store: Store,
  survey: StoredSurvey,
  { since, until }: { since?: number | undefined; until?: number | undefined },
  now: number,
): Promise<Record<string, number | null>> {
  const { settings } = survey;
  const dayOf = (ms: number) => dayInZone(ms, settings.timezone);
  const newest = since === undefined ? await findNewestDay(store, survey.id) : null;
  const latest = today(survey, now);
  const to = until === undefined ? (newest ?? latest) : dayOf(until);
  const earliest = addDays(addYears(to, -limits.metricsYears), 1);
  const from = since === undefined ? addDays(to, 1 - USUAL_DAYS) : dayOf(since);
  if (from > to) throw invalid("/until", "must not be before `since`");
  const [, first = from] = [from, earliest].sort();
  const range = { from: first, to };
  const metrics = await readMetrics(store, checkQuery([survey], range, now));
  const figures: Record<string, number | null> = {};
  for (const name of scoreNames) {
    if (!settings.questions.includes(name)) continue;
    const own = metrics[name] ?? null;
    figures[name] = own?.score ?? null;
    const shares = own as Partial<Record<string, unknown>> | null;
    for (const { group, share } of scoredQuestions[name].bands as readonly Band[]) {
      const { count, percent } = (shares?.[share] ?? { count: 0, percent: 0 }) as Share;
      figures[`${group}_count`] = count;
      figures[`${group}_percent`] = percent;
    }
  }
  const main = mainQuestion(settings);
  return { ...figures, response_count: (main && metrics[main]?.responses) ?? 0 };
}
