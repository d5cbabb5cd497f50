import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { formatHours, formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { FlashOnChange } from "./flash-on-change.tsx";

type Fact = { name: string; text: string; more?: string | null };

/** How many answers, comments and views stand behind the scores. A figure that the survey does not count is left out. */
export function Facts({ metrics }: { metrics: Metrics }) {
  const { response_rate: rate, shown, cases } = metrics;
  const facts: Fact[] = [
    { name: t("responses"), text: formatNumber(metrics.responses) },
    { name: t("comments"), text: formatNumber(metrics.comments) },
    ...(rate === null ? [] : [{ name: t("response_rate"), text: `${formatNumber(rate, 1)} %` }]),
    ...(shown === null ? [] : [{ name: t("shown"), text: formatNumber(shown) }]),
    ...(cases ? [factOf(cases)] : []),
  ];
  return (
    <dl class="facts" translate={false}>
      {facts.map(({ name, text, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <FlashOnChange text={text} />
            {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How many of the unhappy were answered, and how soon. */
function factOf({ unhappy, answered, within_24h: soon, median_hours: median }: NonNullable<Metrics["cases"]>): Fact {
  return {
    name: t("cases"),
    text: t("cases_of", { n: formatNumber(answered.count), all: formatNumber(unhappy) }),
    more:
      soon === null || median === null
        ? null
        : t("cases_pace", { time: formatHours(median), percent: formatNumber(soon.percent) }),
  };
}
