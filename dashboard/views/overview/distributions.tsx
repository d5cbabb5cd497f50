import type { CsatMetrics, NpsMetrics } from "../../../shared/score.ts";
import { csatGroup, npsGroup } from "../../../shared/score.ts";
import type { Column } from "../../charts/columns.tsx";
import { Columns } from "../../charts/columns.tsx";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";

const tones = {
  promoter: "high",
  passive: "middle",
  detractor: "low",
  satisfied: "high",
  neutral: "middle",
  dissatisfied: "low",
} as const;

export function NpsDistribution({ nps }: { nps: NpsMetrics }) {
  return (
    <Distribution
      title={t("nps_distribution")}
      columns={nps.distribution.map((count, score) => ({ label: String(score), count, tone: tones[npsGroup(score)] }))}
    />
  );
}

export function CsatDistribution({ csat }: { csat: CsatMetrics }) {
  return (
    <Distribution
      title={t("csat_distribution")}
      columns={csat.distribution.map((count, index) => ({
        label: String(index + 1),
        count,
        tone: tones[csatGroup(index + 1)],
      }))}
    />
  );
}

function Distribution({ title, columns }: { title: string; columns: Column[] }) {
  const rows = () => ({
    columns: [t("score"), t("answers")],
    rows: columns.map(({ label, count }) => [label, count]),
  });
  return (
    <Figure title={title} rows={rows}>
      <Columns columns={columns} />
    </Figure>
  );
}
