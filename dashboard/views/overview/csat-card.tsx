import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { Ruler } from "../../charts/ruler.tsx";
import { formatNumber } from "../../i18n/format.ts";
import { changeSentence, intervalSentence, targetSentence } from "../../i18n/score-sentences.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { ChangeLine } from "./change-line.tsx";
import { FlashOnChange } from "./flash-on-change.tsx";
import { Shares } from "./shares.tsx";

/** Both conventions of the field side by side: the share of 4s and 5s, and the mean. */
export function CsatCard({ metrics }: { metrics: Metrics }) {
  const { csat, targets, change } = metrics;
  if (!csat) return <p class="card quiet">{t("no_csat_yet")}</p>;
  const { satisfied, neutral, dissatisfied, interval } = csat;
  const rows = () => ({
    columns: [t("group"), t("answers"), "%"],
    rows: [
      [t("satisfied"), satisfied.count, satisfied.percent],
      [t("neutral"), neutral.count, neutral.percent],
      [t("dissatisfied"), dissatisfied.count, dissatisfied.percent],
      ["CSAT", csat.responses, csat.exact],
      [t("interval_low"), null, interval?.low ?? null],
      [t("interval_high"), null, interval?.high ?? null],
      [t("mean"), csat.responses, csat.mean],
    ],
  });
  return (
    <Figure title={t("csat_title")} rows={rows} class="card">
      <p class="score">
        <FlashOnChange text={`${formatNumber(csat.score)} %`} />
        <small>{t("of_answers", { n: csat.responses })}</small>
      </p>
      <p class="certainty">
        {intervalSentence(interval)}
        {csat.low_sample && <span class="tag">{t("low_sample")}</span>}
      </p>
      <Ruler bounds={[0, 100]} score={csat.exact} interval={interval} target={targets.csat?.target ?? null} />
      <ChangeLine words={changeSentence(change?.csat ?? null)} change={change} />
      <p class="change">{t("mean_is", { mean: formatNumber(csat.mean, 2) })}</p>
      {targets.csat && <p class="change">{targetSentence(targets.csat)}</p>}
      <Shares
        parts={[
          { ...dissatisfied, name: t("dissatisfied"), tone: "low" },
          { ...neutral, name: t("neutral"), tone: "middle" },
          { ...satisfied, name: t("satisfied"), tone: "high" },
        ]}
      />
    </Figure>
  );
}
