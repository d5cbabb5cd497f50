import type { ScoreName } from "../../../shared/questions.ts";
import { scoreBounds } from "../../../shared/questions.ts";
import type { Metrics, MetricsPoint } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address, changeQuery } from "../../address/address.ts";
import { rollingFor, rollings, spanOf } from "../../address/period.ts";
import type { TrendPoint } from "../../charts/trend.tsx";
import { Trend } from "../../charts/trend.tsx";
import { formatDay, formatNumber } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { intervalSentence } from "../../i18n/score-sentences.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { Select } from "../../ui/select.tsx";
import { askedScores, chosenScore } from "./chosen-score.ts";
import { scoreHeadings } from "./score-unit.ts";

/** The course of one score, each point over its own days or over a window that looks back. */
export function TrendFigure({ survey, metrics }: { survey: Survey; metrics: Metrics }) {
  const names = askedScores(survey);
  const { query } = address.value;
  const name = chosenScore(survey);
  if (!metrics.series || !name) return null;
  const series = fromFirstAnswer(metrics.series, name);
  const rolling = series.some((point) => point.rolling) ? rollingFor(query, spanOf(query, metrics.to)) : 0;
  const points = series.map((point) => pointOf(point, name));
  const table = () => ({
    columns: [t("from"), t("to"), ...scoreHeadings(name), t("answers")],
    rows: series.map((point, index) => {
      const { start, end, score, low, high } = points[index]!;
      return [start, end, score, low, high, figuresOf(point)[name]?.responses ?? 0];
    }),
  });
  return (
    <Figure
      title={t(`${name}_trend`)}
      table={table}
      class="wide"
      aside={
        <>
          {names.length > 1 && (
            <Select
              quiet
              label={t("score")}
              value={name}
              options={names.map((each) => [each, scoreName(each)])}
              onChange={(value) => changeQuery({ trend: value })}
            />
          )}
          <Select
            quiet
            label={t("window")}
            value={String(rolling)}
            options={rollings.map((days) => [String(days), days ? t("window_days", { n: days }) : t("window_none")])}
            onChange={(value) => changeQuery({ rolling: value })}
          />
        </>
      }
    >
      <Trend
        points={points}
        limits={scoreBounds[name]}
        target={metrics.targets[name]?.target ?? null}
        label={t("trend_read", { title: t(`${name}_trend`) })}
        hint={t(rolling ? "trend_hint_rolling" : "trend_hint", { n: rolling })}
      />
    </Figure>
  );
}

/** As many points as make a line, though nobody had answered by then. */
const FEWEST_POINTS = 7;

/** Without the points before anybody had answered: a new survey fills its trend, and does not stand at its edge. */
function fromFirstAnswer(series: readonly MetricsPoint[], name: ScoreName): readonly MetricsPoint[] {
  const first = series.findIndex((point) => figuresOf(point)[name] !== null);
  return series.slice(Math.max(0, Math.min(first, series.length - FEWEST_POINTS)));
}

function figuresOf(point: MetricsPoint) {
  return point.rolling ?? point;
}

function pointOf(point: MetricsPoint, name: ScoreName): TrendPoint {
  const figures = figuresOf(point)[name];
  const { start, end } = point;
  const days = () => (start === end ? formatDay(end) : `${formatDay(start)} – ${formatDay(end)}`);
  if (!figures) return { start, end, score: null, low: null, high: null, describe: () => `${days()}: ${t("nobody")}` };
  const { exact, interval, responses, score } = figures;
  const describe = () =>
    `${days()}: ${formatNumber(score)}. ${intervalSentence(interval)}, ${t("of_answers", { n: responses })}`;
  return { start, end, score: exact, low: interval?.low ?? null, high: interval?.high ?? null, describe };
}
