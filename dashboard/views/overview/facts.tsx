import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { FlashOnChange } from "./flash-on-change.tsx";

/** How many answers, comments and views stand behind the scores. A figure that the survey does not count is left out. */
export function Facts({ metrics }: { metrics: Metrics }) {
  const facts = [
    [t("responses"), formatNumber(metrics.responses)],
    [t("comments"), formatNumber(metrics.comments)],
    metrics.response_rate === null ? null : [t("response_rate"), `${formatNumber(metrics.response_rate, 1)} %`],
    metrics.shown === null ? null : [t("shown"), formatNumber(metrics.shown)],
  ].filter((fact) => fact !== null);
  return (
    <dl class="facts" translate={false}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <FlashOnChange text={text!} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
