/**
 * What the team makes of the unhappy, in figures. Unhappy is whoever gave a score in the last band of its question: a detractor
 * or dissatisfied. Answered is a person to whom a reply was recorded or whose case is resolved, and the hours to the earlier
 * of the two count from the moment at which the person answered the survey. Reopening a case takes its resolution back.
 */
import type { Share } from "./score.ts";
import { shareOf } from "./score.ts";

/** The hours within which answers are counted: each one of the first day, each day of the first week, and then coarser. */
export const answerHours = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
  ...[48, 72, 96, 120, 144, 168, 336, 720, 2160, 8760],
];

/** The counters of those who were answered: within each of the hours and not sooner, and later. */
export const answerCounters: readonly string[] = [...answerHours.map((hours) => `within_${hours}`), "later"];

const DAY_HOURS = 24;

export type CaseFigures = {
  unhappy: number;
  /** Of the unhappy. */
  answered: Share;
  /** Of the answered: those who were answered within 24 hours; null where nobody was. */
  within_24h: Share | null;
  /**
   * Half of the answered were answered within so many hours: a whole number that is one of `answerHours`, so exact to the hour
   * in the first day and to the day in the first week. 8760 stands for any time beyond too. Null where nobody was answered.
   */
  median_hours: number | null;
};

/** The figures of counts: `answered` has one for each of `answerCounters`. Null where nobody was unhappy. */
export function caseFigures(unhappy: number, answered: readonly number[]): CaseFigures | null {
  if (unhappy === 0) return null;
  const all = sum(answered);
  const inADay = sum(answered.filter((_, index) => index < answerHours.indexOf(DAY_HOURS) + 1));
  return {
    unhappy,
    answered: shareOf(all, unhappy),
    within_24h: all === 0 ? null : shareOf(inADay, all),
    median_hours: all === 0 ? null : medianOf(answered, all),
  };
}

/** The lower median, as the upper end of its span. */
function medianOf(answered: readonly number[], all: number): number {
  let passed = 0;
  for (const [index, hours] of answerHours.entries()) {
    passed += answered[index]!;
    if (2 * passed >= all) return hours;
  }
  return answerHours.at(-1)!;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
