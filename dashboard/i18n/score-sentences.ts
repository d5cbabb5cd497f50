/** What figures mean, in words. */

import type { ScoreName } from "../../shared/questions.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { ScoreChange } from "../../shared/score.ts";
import { formatNumber } from "./format.ts";
import { t } from "./translate.ts";

/** "Up 6 points; could be chance". A difference is called more than chance only where its 95 % interval leaves out 0. */
export function changeSentence(change: ScoreChange<ScoreName> | null): string | null {
  if (!change) return null;
  const points = Math.abs(change.difference);
  if (points === 0) return t("change_none");
  const moved = t(change.difference > 0 ? "change_up" : "change_down", { n: points });
  return `${moved}; ${t(weightOf(change))}`;
}

function weightOf(change: ScoreChange<ScoreName>) {
  if (change.low === null || change.high === null) return "change_too_few";
  return isChance(change) ? "change_chance" : "change_real";
}

export function isChance({ low, high }: { low: number | null; high: number | null }): boolean {
  return low === null || high === null || (low <= 0 && high >= 0);
}

/** "Likely between 33 and 55". */
export function intervalSentence(interval: { low: number; high: number } | null): string {
  if (!interval) return t("interval_none");
  const whole = [Math.round(interval.low), Math.round(interval.high)] as const;
  // Of very many answers it is narrower than a point: "between −6 and −6" says nothing.
  const isNarrow = whole[0] === whole[1];
  const shown = (value: number) => (isNarrow ? formatNumber(value, 1) : formatNumber(Math.round(value)));
  return t("interval_words", { low: shown(interval.low), high: shown(interval.high) });
}

export function targetSentence(target: Metrics["targets"][ScoreName]): string | null {
  if (!target) return null;
  if (target.gap === null) return t("target_is", { target: target.target });
  if (target.gap < 0) return t("target_below", { n: -target.gap, target: target.target });
  return t(target.cleared ? "target_cleared" : "target_reached", { target: target.target });
}
