import type { ScoreName } from "../../shared/questions.ts";
import { scoreBounds, scoredQuestions, scoreNames, scoresIn } from "../../shared/questions.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { hrefTo } from "../address/routes.ts";
import { Spark } from "../charts/spark.tsx";
import { metricsPath } from "../data/api-paths.ts";
import { useReply } from "../data/use-reply.ts";
import { formatNumber } from "../i18n/format.ts";
import { figureName } from "../i18n/score-names.ts";
import { t } from "../i18n/translate.ts";
import { stateName } from "./survey-state.ts";

/** One survey in the list: its name, its scores of the last 90 days (the collector's own default), and how the first score has changed. */
export function SurveyRow({ survey }: { survey: Survey }) {
  const path = metricsPath(survey.id, { interval: "week" });
  const { value } = useReply<Metrics>(path).value;
  const shown = scoresIn(survey.questions);
  const first = shown.find((name) => survey.questions.includes(name)) ?? shown[0]!;
  const series = value?.series?.map((point) => point[first]?.score ?? null) ?? [];
  return (
    <li class="survey-row">
      <a href={hrefTo("overview", { survey: survey.id })}>
        <strong>{survey.name}</strong>
        {[stateName(survey), value && isFaint(value) && t("low_sample")].map(
          (tag) =>
            tag && (
              <span key={tag} class="tag" translate={false}>
                {tag}
              </span>
            ),
        )}
      </a>
      <dl translate={false}>
        {shown.map((name) => (
          <div key={name}>
            <dt>{figureName(name)}</dt>
            <dd class={value?.[name]?.low_sample ? "faint" : undefined}>{value && figureOf(name, value)}</dd>
          </div>
        ))}
        <div>
          <dt>{t("responses")}</dt>
          <dd>{value && formatNumber(value.responses)}</dd>
        </div>
      </dl>
      <Spark scores={series} limits={scoreBounds[first]} />
    </li>
  );
}

function figureOf(name: ScoreName, metrics: Metrics): string {
  const figures = metrics[name];
  if (!figures) return "–";
  return formatNumber(figures.score) + (scoredQuestions[name].scoring === "share" ? " %" : "");
}

/** Whether one of the scores rests on so few answers that it is a hint only. */
function isFaint(metrics: Metrics): boolean {
  return scoreNames.some((name) => metrics[name]?.low_sample);
}
