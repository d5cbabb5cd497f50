import { useSignal } from "@preact/signals";
import type { ScoreName } from "../../../shared/questions.ts";
import { scoreBounds } from "../../../shared/questions.ts";
import type { Metrics, MetricsGroup } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { LOW_SAMPLE } from "../../../shared/score.ts";
import { writeWhere } from "../../../shared/segments.ts";
import { address, changeQuery } from "../../address/address.ts";
import { daysInAddress, spanOf } from "../../address/period.ts";
import { hrefTo } from "../../address/routes.ts";
import type { ForestRow } from "../../charts/forest.tsx";
import { Forest } from "../../charts/forest.tsx";
import { may } from "../../data/session.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { Select } from "../../ui/select.tsx";
import type { SegmentFigures } from "./breakdowns.ts";
import { chosenSegment } from "./breakdowns.ts";
import { contributions } from "./contribution.ts";
import { inUnit, scoreHeadings } from "./score-unit.ts";

/** Rows until the reader asks for all: as many as an eye takes in and a printed page holds. */
const FIRST = 12;

type Props = {
  survey: Survey;
  score: ScoreName;
  metrics: Metrics;
  breakdowns: readonly SegmentFigures[];
};

/** One segment's values side by side, first the one that moves the score of all most. */
export function Breakdown({ survey, score: name, metrics, breakdowns }: Props) {
  const all = useSignal(false);
  const chosen = chosenSegment(survey);
  const found = breakdowns.find(({ segment }) => segment === chosen);
  if (!found?.metrics.groups) return null;
  const { segment, metrics: value } = found;
  const days = daysInAddress(spanOf(address.value.query, metrics.to));
  const isRead = metrics.survey !== undefined && may("comments");
  /** Those without the property, and the rest of many values, are no condition that comments can be asked for by. */
  const comments = ({ value, rest }: MetricsGroup) =>
    isRead && value && !rest
      ? hrefTo("comments", { survey: survey.id }, { ...days, where: writeWhere(segment, value) })
      : undefined;
  const rows = contributions(value.groups ?? [], metrics, name);
  const shown: ForestRow[] = rows.slice(0, all.value ? rows.length : FIRST).map(({ group, figures }, index) => ({
    key: String(index),
    label: labelOf(group, segment),
    score: figures?.score ?? null,
    interval: figures?.interval ?? null,
    answers: figures?.responses ?? 0,
    isFaint: figures?.low_sample ?? false,
    href: comments(group),
  }));
  return (
    <Figure
      title={t("breakdown_title", { score: scoreName(name), segment: segmentName(segment) })}
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
      <p class="readout">
        {t("segment_is")} {t("breakdown_hint")} {isRead && t("rows_lead")}
      </p>
      {value.filling && <p class="note">{t("filling")}</p>}
      <Forest
        rows={shown}
        limits={scoreBounds[name]}
        overall={metrics[name]?.exact ?? null}
        headings={[scoreName(name), t("answers")]}
      />
      {shown.some(({ isFaint }) => isFaint) && <p class="help">{t("faint_rows", { n: LOW_SAMPLE })}</p>}
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
