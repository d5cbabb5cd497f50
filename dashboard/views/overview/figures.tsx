import { scoreNames } from "../../../shared/questions.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { Breakdown } from "./breakdown.tsx";
import { Facts } from "./facts.tsx";
import { ScoreCard } from "./score-card.tsx";
import { ScoreDistribution } from "./score-distribution.tsx";
import { TrendFigure } from "./trend-figure.tsx";

/** The figures of one span of days, most important first. */
export function Figures({ survey, metrics, refetchKey }: { survey: Survey; metrics: Metrics; refetchKey: number }) {
  const asked = scoreNames.filter((each) => survey.questions.includes(each));
  const distributions = scoreNames.flatMap((question) => {
    const figures = metrics[question];
    return figures ? [{ question, distribution: figures.distribution }] : [];
  });
  return (
    <>
      <div class="cards">
        {asked.map((question) => (
          <ScoreCard key={question} question={question} metrics={metrics} />
        ))}
      </div>
      <Facts metrics={metrics} />
      <TrendFigure survey={survey} metrics={metrics} />
      <div class="pair">
        {distributions.map((each) => (
          <ScoreDistribution key={each.question} {...each} />
        ))}
      </div>
      <Breakdown survey={survey} metrics={metrics} refetchKey={refetchKey} />
    </>
  );
}
