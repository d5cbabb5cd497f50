import type { Survey } from "../../../shared/schema/survey.ts";
import { readWhere, writeWhere } from "../../../shared/segments.ts";
import { address, changeQuery } from "../../address/address.ts";
import type { Span } from "../../address/period.ts";
import { closedValues, segmentName, valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Select } from "../../ui/select.tsx";
import { ValueField } from "./value-field.tsx";

/** Narrows the figures to the respondents who have one value of one segment. */
export function SegmentFilter({ survey, span }: { survey: Survey; span: Span }) {
  const where = address.value.query.get("where") ?? "";
  const narrowed = readWhere(where, survey.segments);
  const segment = narrowed?.segment ?? survey.segments.find((each) => each === address.value.query.get("only")) ?? "";
  if (survey.segments.length === 0) return null;
  const value = narrowed?.value ?? "";
  // Until a value is chosen the figures are those of everybody.
  const narrow = (next: string) =>
    changeQuery(next ? { where: writeWhere(segment, next), only: null } : { where: null, only: segment });
  const closed = closedValues(segment);
  return (
    <>
      <Select
        label={t("only")}
        value={segment}
        options={[["", t("everybody")], ...survey.segments.map((each) => [each, segmentName(each)] as const)]}
        onChange={(next) => changeQuery({ where: null, only: next || null })}
      />
      {segment && closed && (
        <Select
          label={segmentName(segment)}
          value={value}
          options={[["", t("choose")], ...closed.map((each) => [each, valueName(segment, each)] as const)]}
          onChange={narrow}
        />
      )}
      {segment && !closed && (
        <ValueField key={segment} survey={survey.id} segment={segment} span={span} value={value} onChange={narrow} />
      )}
    </>
  );
}
