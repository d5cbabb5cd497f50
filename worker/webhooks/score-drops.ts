/**
 * Falls of a score that chance does not explain: the last 28 whole days against the 28 before them, so that each weekday counts
 * alike. Both sides need enough answers.
 */
import type { ScoreName } from "../../shared/questions.ts";
import type { ScoreDrop } from "../../shared/schema/webhook.ts";
import type { Distribution } from "../../shared/score.ts";
import { LOW_SAMPLE, scoreChange, scoreMetrics } from "../../shared/score.ts";
import { addDays, daysBetween } from "../../shared/time/calendar.ts";
import { addCounts } from "../db/counts.ts";
import { listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { scoresAsked } from "../metrics/series.ts";

const WINDOW_DAYS = 28;

/**
 * A change counts as a fall where it is below 0 by this many times the reach of its 95 % interval. Once would do for one look. The
 * scores are looked at every day, and with 1 a survey whose score never changes would tell of about two falls a year by chance
 * alone; with 1.5 it tells of one in about eight years (simulated, at 5 and at 30 answers a day).
 */
const REACHES = 1.5;

/**
 * The falls to be told on `day`, the survey's today, and for each question the day on which a fall of it was last told. A fall is
 * told once: its question is silent for 28 days, after which the later side of that comparison has become the earlier one.
 */
export async function dropsOf(
  store: Store,
  survey: StoredSurvey,
  day: string,
  toldBefore: Readonly<Record<string, string>>,
): Promise<{ drops: ScoreDrop[]; told: Record<string, string> }> {
  const after = { from: addDays(day, -WINDOW_DAYS), to: addDays(day, -1) };
  const before = { from: addDays(after.from, -WINDOW_DAYS), to: addDays(after.from, -1) };
  const days = await listTotals(store, [survey.id], { from: before.from, to: after.to });
  const sum = (isWithin: (each: string) => boolean) =>
    addCounts(days.filter((each) => isWithin(each.day)).map(({ counts }) => counts));
  const earlier = sum((each) => each <= before.to);
  const later = sum((each) => each >= after.from);
  const told = Object.fromEntries(
    Object.entries(toldBefore).filter(([, last]) => daysBetween(last, day) < WINDOW_DAYS),
  );
  const drops: ScoreDrop[] = [];
  for (const question of scoresAsked([survey])) {
    if (told[question] !== undefined) continue;
    const fall = fallOf(question, earlier[question], later[question]);
    if (!fall) continue;
    drops.push({
      question,
      before: { ...before, ...fall.before },
      after: { ...after, ...fall.after },
      change: fall.change,
    });
    told[question] = day;
  }
  return { drops, told };
}

function fallOf(question: ScoreName, before: Distribution, after: Distribution) {
  const [earlier, later] = [scoreMetrics(question, before), scoreMetrics(question, after)];
  const change = scoreChange(question, before, after);
  if (!earlier || !later || !change || Math.min(earlier.responses, later.responses) < LOW_SAMPLE) return null;
  const { difference, low, high } = change;
  if (low === null || high === null || difference + REACHES * (high - difference) >= 0) return null;
  const scored = ({ exact, responses }: typeof earlier) => ({ score: exact, responses });
  return { before: scored(earlier), after: scored(later), change: { difference, low, high } };
}
