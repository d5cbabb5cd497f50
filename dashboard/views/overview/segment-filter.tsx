import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { useLoaded } from "../../loaded.ts";
import type { Span } from "../../period.ts";
import { changeQuery, place } from "../../place.ts";
import { segmentName, valueName } from "../../segment-names.ts";
import { Select } from "../../ui/select.tsx";
import { t } from "../../wording.ts";

/** One value of one segment, out of those that there are. */
export function SegmentFilter({ survey, span }: { survey: Survey; span: Span }) {
  const where = place.value.query.get("where") ?? "";
  const chosen = where.split(":")[0] ?? "";
  const segment = survey.segments.includes(chosen) ? chosen : "";
  const query = new URLSearchParams({ from: span.from, to: span.to, group_by: segment });
  const { value } = useLoaded<Metrics>(segment ? `/v1/surveys/${survey.id}/metrics?${query}` : null).value;
  if (survey.segments.length === 0) return null;
  const values = (value?.groups ?? []).flatMap((group) => (group.value ? [group.value] : []));
  return (
    <>
      <Select
        label={t("only")}
        value={segment}
        options={[["", t("everybody")], ...survey.segments.map((each) => [each, segmentName(each)] as const)]}
        onChange={(next) => changeQuery({ where: next ? `${next}:` : null })}
      />
      {segment && (
        <Select
          label={segmentName(segment)}
          value={where}
          options={[
            [`${segment}:`, t("choose")],
            ...values.map((each) => [`${segment}:${each}`, valueName(segment, each)] as const),
          ]}
          onChange={(next) => changeQuery({ where: next })}
        />
      )}
    </>
  );
}
