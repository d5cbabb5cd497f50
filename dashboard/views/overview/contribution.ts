/** How much each group moves the score of all: by its distance from it, weighed by its share of the answers. Pure. */

import type { Metrics, MetricsGroup } from "../../../shared/schema/metrics-reply.ts";
import type { CsatMetrics, NpsMetrics } from "../../../shared/score.ts";
import type { ScoreName } from "../../address/period.ts";

export type Pulling = {
  group: MetricsGroup;
  figures: NpsMetrics | CsatMetrics | null;
  /** Points by which all would differ had this group answered as all did; one decimal. */
  pull: number | null;
};

/** Strongest pull first, whichever its direction; groups without answers last. */
export function pulling(groups: readonly MetricsGroup[], all: Pick<Metrics, ScoreName>, name: ScoreName): Pulling[] {
  const overall = all[name];
  const rows = groups.map((group) => {
    const figures = group[name];
    const weight = figures && overall ? figures.responses / overall.responses : 0;
    const pull = figures && overall ? Math.round(weight * (figures.exact - overall.exact) * 10) / 10 : null;
    return { group, figures, pull: pull === 0 ? 0 : pull };
  });
  return rows.sort((a, b) => strength(b) - strength(a));
}

function strength({ pull }: Pulling): number {
  return pull === null ? -1 : Math.abs(pull);
}
