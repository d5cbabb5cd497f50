import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { Breakdown } from "./breakdown.tsx";
import { CsatCard } from "./csat-card.tsx";
import { CsatDistribution, NpsDistribution } from "./distributions.tsx";
import { Facts } from "./facts.tsx";
import { NpsCard } from "./nps-card.tsx";
import { TrendFigure } from "./trend-figure.tsx";

/** The figures of one span of days, most important first. */
export function Figures({ survey, metrics, refetchKey }: { survey: Survey; metrics: Metrics; refetchKey: number }) {
  const { nps, csat } = metrics;
  return (
    <>
      <div class="cards">
        {survey.questions.includes("nps") && <NpsCard metrics={metrics} />}
        {survey.questions.includes("csat") && <CsatCard metrics={metrics} />}
      </div>
      <Facts metrics={metrics} />
      <TrendFigure survey={survey} metrics={metrics} />
      <div class="pair">
        {nps && <NpsDistribution nps={nps} />}
        {csat && <CsatDistribution csat={csat} />}
      </div>
      <Breakdown survey={survey} metrics={metrics} refetchKey={refetchKey} />
    </>
  );
}
