import { useSignal } from "@preact/signals";
import type { ScoreName } from "../../../shared/questions.ts";
import { scoreBounds, scoreNames } from "../../../shared/questions.ts";
import type { Metrics, MetricsGroup } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address, changeQuery } from "../../address/address.ts";
import { metricsQuery, spanOf } from "../../address/period.ts";
import type { ForestRow } from "../../charts/forest.tsx";
import { Forest } from "../../charts/forest.tsx";
import { metricsPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { Select } from "../../ui/select.tsx";
import { contributions } from "./contribution.ts";
import { inUnit, scoreHeadings } from "./score-unit.ts";

/** Rows until the reader asks for all: as many as an eye takes in and a printed page holds. */
const FIRST = 12;

/** One segment's values side by side, first the one that moves the score of all most. */
export function Breakdown({ survey, metrics, refetchKey }: { survey: Survey; metrics: Metrics; refetchKey: number }) {
  const { query } = address.value;
  const segment = survey.segments.find((each) => each === query.get("by")) ?? survey.segments[0];
  const names = scoreNames.filter((each) => survey.questions.includes(each));
  const name: ScoreName = names.find((each) => each === query.get("trend")) ?? names[0] ?? "nps";
  const wanted = metricsQuery(query, spanOf(query, metrics.to));
  for (const each of ["interval", "rolling", "compare", "where"]) wanted.delete(each);
  if (segment) wanted.set("group_by", segment);
  const path = segment && !query.get("where") ? metricsPath(survey.id, wanted) : null;
  const { value } = useReply<Metrics>(path, refetchKey).value;
  const all = useSignal(false);
  if (!segment || !value?.groups) return null;
  const rows = contributions(value.groups, metrics, name);
  const shown: ForestRow[] = rows.slice(0, all.value ? rows.length : FIRST).map(({ group, figures }, index) => ({
    key: String(index),
    label: labelOf(group, segment),
    score: figures?.score ?? null,
    interval: figures?.interval ?? null,
  }));
  return (
    <Figure
      title={t("breakdown_title", { score: name.toUpperCase(), segment: segmentName(segment) })}
      table={() => ({
        columns: [
          segmentName(segment),
          t("answers"),
          ...scoreHeadings(name),
          inUnit(t("contribution"), t("unit_points")),
        ],
        rows: rows.map(({ group, figures, points }) => [
          labelOf(group, segment),
          figures?.responses ?? 0,
          figures?.exact ?? null,
          figures?.interval?.low ?? null,
          figures?.interval?.high ?? null,
          points,
        ]),
      })}
      class="wide"
      aside={
        survey.segments.length > 1 && (
          <Select
            quiet
            label={t("segment")}
            value={segment}
            options={survey.segments.map((each) => [each, segmentName(each)])}
            onChange={(value) => changeQuery({ by: value })}
          />
        )
      }
    >
      <p class="readout">{t("breakdown_hint")}</p>
      {value.filling && <p class="note">{t("filling")}</p>}
      <Forest rows={shown} limits={scoreBounds[name]} overall={metrics[name]?.exact ?? null} />
      {rows.length > FIRST && (
        <button type="button" class="all-rows" aria-expanded={all.value} onClick={() => (all.value = !all.value)}>
          {t(all.value ? "show_fewer" : "show_all_n", { n: rows.length })}
        </button>
      )}
    </Figure>
  );
}

function labelOf(group: MetricsGroup, segment: string): string {
  if (group.rest) return t("rest");
  return group.value === null || group.value === undefined ? t("without_value") : valueName(segment, group.value);
}
