import type { ScoreName } from "../../../shared/questions.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Topics as TopicsReply } from "../../../shared/schema/topics.ts";
import { LOW_SAMPLE } from "../../../shared/score.ts";
import { address } from "../../address/address.ts";
import { daysInAddress, spanOf } from "../../address/period.ts";
import { hrefTo } from "../../address/routes.ts";
import { Effects } from "../../charts/effects.tsx";
import { may } from "../../data/session.ts";
import { formatDay, formatNumber } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { inUnit, scoreUnit } from "./score-unit.ts";
import { Suggestions } from "./suggestions.tsx";

type Props = { survey: Survey; score: ScoreName; topics: TopicsReply | null };

/** What people write about and what it costs, once topics are declared. */
export function Topics({ survey, score, topics: value }: Props) {
  const suggestions = value?.suggestions ?? [];
  if (!value || survey.topics.length + suggestions.length === 0) return null;
  const named = value.topics.filter(({ comments }) => comments > 0);
  const { query } = address.value;
  const where = query.get("where");
  const isRead = value.survey !== undefined && may("comments") && named.length > 0;
  // Narrowed figures may be of fewer days than the reader asked for, and the comments are to be those of the figures.
  const days = value.shortened ? { from: value.from, to: value.to } : daysInAddress(spanOf(query, value.to));
  const commentsOn = (topic: string) =>
    isRead ? hrefTo("comments", { survey: survey.id }, { ...days, ...(where && { where }), topic }) : undefined;
  const table = () => ({
    columns: [
      t("topic"),
      t("mentions"),
      inUnit(t("of_comments"), t("unit_percent")),
      inUnit(scoreName(score), scoreUnit(score)),
      inUnit(t("effect"), t("unit_points")),
    ],
    rows: named.map((topic) => [
      topic.name,
      topic.comments,
      topic.percent,
      topic[score]?.exact ?? null,
      topic.effect[score] ?? null,
    ]),
  });
  return (
    <div class="topics">
      {survey.topics.length > 0 && (
        <Figure title={t("topics_title")} table={table}>
          <p class="readout">
            {t(named.length > 0 ? "topics_hint" : "topics_none")} {isRead && t("rows_lead")}
          </p>
          {value.shortened && <p class="note">{t("topics_shortened", { day: formatDay(value.from) })}</p>}
          {value.filling && <p class="note">{t("filling")}</p>}
          <Effects
            effects={named.map(({ name, effect, comments, ...figures }) => ({
              key: name,
              label: `${name} (${formatNumber(comments)})`,
              points: effect[score] ?? 0,
              isFaint: figures[score]?.low_sample ?? false,
              href: commentsOn(name),
            }))}
          />
          {named.some((topic) => topic[score]?.low_sample) && <p class="help">{t("faint_rows", { n: LOW_SAMPLE })}</p>}
        </Figure>
      )}
      <Suggestions survey={survey.id} terms={suggestions} />
    </div>
  );
}
