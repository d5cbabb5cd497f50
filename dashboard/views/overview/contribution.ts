/** How much each group moves the score of all: by its distance from it, weighed by its share of the answers. Pure. */

import type { ScoreName } from "../../../shared/questions.ts";
import type { Metrics, MetricsGroup } from "../../../shared/schema/metrics-reply.ts";
import type { AnyScoreMetrics } from "../../../shared/score.ts";
import { scoreContribution } from "../../../shared/score.ts";

export type Contribution = {
  group: MetricsGroup;
  figures: AnyScoreMetrics | null;
  /** Points by which all would differ had this group answered as all did; one decimal. */
  points: number | null;
};

/** Strongest contribution first, whichever its direction; groups without answers last. */
export function contributions(
  groups: readonly MetricsGroup[],
  all: Pick<Metrics, ScoreName>,
  name: ScoreName,
): Contribution[] {
  const overall = all[name] ?? null;
  const rows = groups.map((group) => {
    const figures = group[name] ?? null;
    return {
      group,
      figures,
      points: figures && overall && scoreContribution(name, figures.distribution, overall.distribution),
    };
  });
  return rows.sort((a, b) => strength(b) - strength(a));
}

function strength({ points }: Contribution): number {
  return points === null ? -1 : Math.abs(points);
}
