import type { Survey } from "../../../shared/schema/survey.ts";
import { address, changeQuery } from "../../address/address.ts";
import type { ComparisonChoice, Span } from "../../address/period.ts";
import { comparisonOf, comparisons, periods } from "../../address/period.ts";
import { formatDay } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Select } from "../../ui/select.tsx";
import { SegmentFilter } from "./segment-filter.tsx";

/** Chooses the days, the days to compare them with, and whose answers count. The address holds every choice. */
export function Toolbar({ survey, span }: { survey: Survey; span: Span }) {
  const choose = (period: string) =>
    period === "custom"
      ? changeQuery({ period: null, from: span.from, to: span.to })
      : changeQuery({ period, from: null, to: null });
  return (
    <div class="toolbar">
      <Select
        label={t("period")}
        value={span.period}
        options={periods.map((each) => [each, t(`period_${each}`)])}
        onChange={choose}
      />
      {span.period === "custom" && (
        <>
          <Day label={t("from")} value={span.from} most={span.to} onChange={(from) => changeQuery({ from })} />
          <Day label={t("to")} value={span.to} least={span.from} onChange={(to) => changeQuery({ to })} />
        </>
      )}
      <Select
        label={t("compare")}
        value={comparisonOf(address.value.query)}
        options={comparisons.map((each) => [each, t(`compare_${each}`)])}
        onChange={(value) => changeQuery({ compare: value as ComparisonChoice })}
      />
      <SegmentFilter survey={survey} span={span} />
      <p class="span" translate={false}>
        {formatDay(span.from)} – {formatDay(span.to)}
      </p>
      <button type="button" class="print" onClick={() => print()}>
        {t("print")}
      </button>
    </div>
  );
}

type DayProps = { label: string; value: string; least?: string; most?: string; onChange: (day: string) => void };

function Day({ label, value, least, most, onChange }: DayProps) {
  return (
    <label class="day">
      {label}
      <input
        type="date"
        value={value}
        min={least}
        max={most}
        onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
      />
    </label>
  );
}
