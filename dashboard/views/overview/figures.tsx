import { Fragment } from "preact";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Topics as TopicsReply } from "../../../shared/schema/topics.ts";
import { address } from "../../address/address.ts";
import { withQuery } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { Breakdown } from "./breakdown.tsx";
import { useBreakdowns } from "./breakdowns.ts";
import { askedScores, chosenScore } from "./chosen-score.ts";
import { Facts } from "./facts.tsx";
import { ReasonsCard } from "./reasons-card.tsx";
import { ScoreCard } from "./score-card.tsx";
import { ScoreDistribution } from "./score-distribution.tsx";
import { Topics } from "./topics.tsx";
import { TrendFigure } from "./trend-figure.tsx";

type Props = {
  survey: Survey;
  metrics: Metrics;
  /** The path of the collector's reply on topics. */
  topicsPath: string;
  refetchKey: number;
};

/** The figures of one span of days: what the scores are, whether they moved, why, and then the details. */
export function Figures({ survey, metrics, topicsPath, refetchKey }: Props) {
  const asked = askedScores(survey);
  const score = chosenScore(survey);
  // Several surveys together know no filter, and neither do the groups by segment.
  const where = metrics.survey === undefined ? null : address.value.query.get("where");
  const isNarrowed = address.value.query.has("where");
  // Narrowed topics are counted from the comments themselves, so they are not asked for anew at each answer that comes.
  const { value: topics, loading: isWaiting } = useReply<TopicsReply>(
    where ? withQuery(topicsPath, { where }) : isNarrowed ? null : topicsPath,
    where ? 0 : refetchKey,
  ).value;
  const breakdowns = useBreakdowns(survey, metrics.to, refetchKey);
  const distributions = asked.flatMap((question) => {
    const figures = metrics[question];
    return figures ? [{ question, distribution: figures.distribution }] : [];
  });
  const hasReasons = survey.segments.length + survey.topics.length > 0 || metrics.comments > 0;
  return (
    <>
      <div class="cards">
        {asked.map((question) => (
          <Fragment key={question}>
            <ScoreCard question={question} metrics={metrics} />
            {question === score && !isNarrowed && hasReasons && (
              <ReasonsCard
                {...{ survey, score, metrics, breakdowns }}
                topics={topics}
                waiting={isWaiting}
                isOne={metrics.survey !== undefined}
              />
            )}
          </Fragment>
        ))}
      </div>
      <Facts metrics={metrics} />
      <TrendFigure survey={survey} metrics={metrics} />
      {score && <Topics survey={survey} score={score} topics={topics} />}
      {score && <Breakdown {...{ survey, score, metrics, breakdowns }} />}
      <div class="pair">
        {distributions.map((each) => (
          <ScoreDistribution key={each.question} {...each} />
        ))}
      </div>
    </>
  );
}
