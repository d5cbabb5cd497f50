import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { Ruler } from "../../charts/ruler.tsx";
import { formatNumber } from "../../i18n/format.ts";
import { changeSentence, intervalSentence, targetSentence } from "../../i18n/score-sentences.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { ChangeLine } from "./change-line.tsx";
import { FlashOnChange } from "./flash-on-change.tsx";
import { Shares } from "./shares.tsx";

export function NpsCard({ metrics }: { metrics: Metrics }) {
  const { nps, targets, change } = metrics;
  if (!nps) return <p class="card quiet">{t("no_nps_yet")}</p>;
  const { promoters, passives, detractors, interval } = nps;
  const rows = () => ({
    columns: [t("group"), t("answers"), "%"],
    rows: [
      [t("promoters"), promoters.count, promoters.percent],
      [t("passives"), passives.count, passives.percent],
      [t("detractors"), detractors.count, detractors.percent],
      ["NPS", nps.responses, nps.exact],
      [t("interval_low"), null, interval?.low ?? null],
      [t("interval_high"), null, interval?.high ?? null],
    ],
  });
  return (
    <Figure title={t("nps_title")} rows={rows} class="card">
      <p class="score">
        <FlashOnChange text={formatNumber(nps.score)} />
        <small>{t("of_answers", { n: nps.responses })}</small>
      </p>
      <p class="certainty">
        {intervalSentence(interval)}
        {nps.low_sample && <span class="tag">{t("low_sample")}</span>}
      </p>
      <Ruler bounds={[-100, 100]} score={nps.exact} interval={interval} target={targets.nps?.target ?? null} />
      <ChangeLine words={changeSentence(change?.nps ?? null)} change={change} />
      {targets.nps && <p class="change">{targetSentence(targets.nps)}</p>}
      <Shares
        parts={[
          { ...detractors, name: t("detractors"), tone: "low" },
          { ...passives, name: t("passives"), tone: "middle" },
          { ...promoters, name: t("promoters"), tone: "high" },
        ]}
      />
    </Figure>
  );
}
