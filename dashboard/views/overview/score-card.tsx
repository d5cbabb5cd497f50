import type { ScoreName } from "../../../shared/questions.ts";
import { scoreBounds, scoredQuestions } from "../../../shared/questions.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { AnyScoreMetrics } from "../../../shared/score.ts";
import { Ruler } from "../../charts/ruler.tsx";
import type { Table } from "../../files/write-csv.ts";
import { formatNumber } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { changeSentence, intervalSentence, targetSentence } from "../../i18n/score-sentences.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { bandShares } from "./bands.ts";
import { ChangeLine, daysOf } from "./change-line.tsx";
import { FlashOnChange } from "./flash-on-change.tsx";
import { scoreUnit } from "./score-unit.ts";
import { Shares } from "./shares.tsx";

/** One question's score: how sure it is, how it has changed, and from which bands it comes. */
export function ScoreCard({ question, metrics }: { question: ScoreName; metrics: Metrics }) {
  const figures = metrics[question];
  if (!figures)
    return (
      <p class="card quiet" translate={false}>
        {t(`no_${question}_yet`)}
      </p>
    );
  const target = metrics.targets[question];
  const { score, exact, interval, responses, low_sample } = figures;
  const unit = scoredQuestions[question].scoring === "share" ? " %" : "";
  const changed = changeSentence(metrics.change?.[question] ?? null);
  const words = [
    `${t("of_answers", { n: responses })}. ${intervalSentence(interval)}`,
    changed && metrics.change && `${changed} ${t("compared_with", { days: daysOf(metrics.change) })}`,
    target && targetSentence(target),
  ];
  return (
    <Figure
      title={t(`${question}_title`)}
      table={() => tableOf(question, figures)}
      class="card"
      picture={{ figure: formatNumber(score) + unit, words: words.filter((sentence) => typeof sentence === "string") }}
    >
      <p class={low_sample ? "score faint" : "score"}>
        <FlashOnChange text={formatNumber(score) + unit} />
        <small>{t("of_answers", { n: responses })}</small>
      </p>
      <p class="certainty">
        {intervalSentence(interval)}
        {low_sample && <span class="tag">{t("low_sample")}</span>}
      </p>
      <Ruler bounds={scoreBounds[question]} score={exact} interval={interval} target={target?.target ?? null} />
      <ChangeLine sentence={changed} change={metrics.change} />
      {"mean" in figures && <p class="change">{t("mean_is", { mean: formatNumber(figures.mean, 2) })}</p>}
      {target && <p class="change">{targetSentence(target)}</p>}
      <p class="help">{t(`${question}_is`)}</p>
      <Shares shares={bandShares(question, figures).toReversed()} score={score} />
    </Figure>
  );
}

function tableOf(question: ScoreName, figures: AnyScoreMetrics): Table {
  const { responses, exact, interval } = figures;
  const unit = scoreUnit(question);
  return {
    columns: [t("group"), t("answers"), t("value"), t("unit")],
    rows: [
      ...bandShares(question, figures).map(({ name, count, exact }) => [name, count, exact, t("unit_percent")]),
      [scoreName(question), responses, exact, unit],
      [t("interval_low"), responses, interval?.low ?? null, unit],
      [t("interval_high"), responses, interval?.high ?? null, unit],
      ...("mean" in figures ? [[t("mean"), responses, figures.mean, t("unit_mean")]] : []),
    ],
  };
}
