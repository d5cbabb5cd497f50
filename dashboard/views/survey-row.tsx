import { scoreBounds } from "../../shared/questions.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { hrefTo } from "../address/routes.ts";
import { Spark } from "../charts/spark.tsx";
import { metricsPath } from "../data/api-paths.ts";
import { useReply } from "../data/use-reply.ts";
import { formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/translate.ts";
import { stateName } from "./survey-state.ts";

/** One survey in the list: its name, its scores of the last 90 days (the collector's own default), and how the first score has changed. */
export function SurveyRow({ survey }: { survey: Survey }) {
  const path = metricsPath(survey.id, { interval: "week" });
  const { value } = useReply<Metrics>(path).value;
  const asksNps = survey.questions.includes("nps");
  const series = value?.series?.map((point) => (asksNps ? point.nps : point.csat)?.score ?? null) ?? [];
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
        <div>
          <dt>NPS</dt>
          <dd class={value?.nps?.low_sample ? "faint" : undefined}>
            {value && (value.nps ? formatNumber(value.nps.score) : "–")}
          </dd>
        </div>
        <div>
          <dt>{t("satisfied")}</dt>
          <dd class={value?.csat?.low_sample ? "faint" : undefined}>
            {value && (value.csat ? `${formatNumber(value.csat.score)} %` : "–")}
          </dd>
        </div>
        <div>
          <dt>{t("responses")}</dt>
          <dd>{value && formatNumber(value.responses)}</dd>
        </div>
      </dl>
      <Spark scores={series} limits={scoreBounds[asksNps ? "nps" : "csat"]} />
    </li>
  );
}

/** Whether one of the scores rests on so few answers that it is a hint only. */
function isFaint({ nps, csat }: Metrics): boolean {
  return [nps, csat].some((score) => score?.low_sample);
}
