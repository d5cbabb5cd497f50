import type { ComponentChildren } from "preact";
import type { ScoreName } from "../../../shared/questions.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Topics } from "../../../shared/schema/topics.ts";
import { LOW_SAMPLE } from "../../../shared/score.ts";
import { writeWhere } from "../../../shared/segments.ts";
import { address } from "../../address/address.ts";
import { daysInAddress, spanOf } from "../../address/period.ts";
import { hrefTo } from "../../address/routes.ts";
import { may } from "../../data/session.ts";
import { formatNumber, formatSigned } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Waiting } from "../../ui/states.tsx";
import type { SegmentFigures } from "./breakdowns.ts";
import type { Reason } from "./reasons.ts";
import { segmentReasons, topicReasons } from "./reasons.ts";

type Props = {
  survey: Survey;
  score: ScoreName;
  metrics: Metrics;
  topics: Topics | null;
  waiting: boolean;
  breakdowns: readonly SegmentFigures[];
  /** Whether the figures are of one survey: only then there are comments to lead to. */
  isOne: boolean;
};

/** What costs points and what wins them, beside the scores; each leads to the words or the people behind it. */
export function ReasonsCard({ survey, score, metrics, topics, waiting, breakdowns, isOne }: Props) {
  const ofTopics = topics ? topicReasons(topics, score) : [];
  const ofSegments = segmentReasons(breakdowns, metrics, score);
  const all = [...ofTopics, ...ofSegments];
  const reach = Math.max(1, ...all.map(({ points }) => Math.abs(points)));
  const days = daysInAddress(spanOf(address.value.query, metrics.to));
  const comments = (topic: string) =>
    isOne && may("comments") ? hrefTo("comments", { survey: survey.id }, { ...days, topic }) : undefined;
  const narrowed = (segment: string, value: string) =>
    hrefTo("overview", { survey: survey.id }, { ...days, where: writeWhere(segment, value) });
  return (
    <section class="card reasons" aria-labelledby="reasons">
      <h2 id="reasons">{t("reasons_title", { score: scoreName(score) })}</h2>
      <p class="help">{t("reasons_hint")}</p>
      <div class="reason-groups">
        {ofTopics.length > 0 && (
          <div>
            <h3>{t("reasons_topics")}</h3>
            <ul>
              {ofTopics.map((reason) => (
                <ReasonRow key={reason.topic} reason={reason} reach={reach} href={comments(reason.topic)}>
                  {reason.topic}
                </ReasonRow>
              ))}
            </ul>
          </div>
        )}
        {ofSegments.length > 0 && (
          <div>
            <h3>{t("reasons_segments")}</h3>
            <ul>
              {ofSegments.map((reason) => (
                <ReasonRow
                  key={`${reason.segment}:${reason.value}`}
                  reason={reason}
                  reach={reach}
                  href={narrowed(reason.segment, reason.value)}
                >
                  {valueName(reason.segment, reason.value)} <small>{segmentName(reason.segment)}</small>
                </ReasonRow>
              ))}
            </ul>
          </div>
        )}
      </div>
      {all.length === 0 && waiting && <Waiting />}
      {all.length === 0 && !waiting && <p>{t("reasons_none")}</p>}
      {all.some(({ lowSample }) => lowSample) && <p class="help">{t("faint_rows", { n: LOW_SAMPLE })}</p>}
      {isOne && survey.topics.length === 0 && may("admin") && (
        <p class="help">
          <a href={hrefTo("settings", { survey: survey.id, section: "figures" })}>{t("reasons_declare")}</a>
        </p>
      )}
    </section>
  );
}

type RowProps = { reason: Reason; reach: number; href: string | undefined; children: ComponentChildren };

function ReasonRow({ reason: { points, answers, lowSample }, reach, href, children }: RowProps) {
  return (
    <li class={lowSample ? "faint" : undefined}>
      {href ? (
        <a class="name" href={href}>
          {children}
        </a>
      ) : (
        <span class="name">{children}</span>
      )}
      <span class="points" translate={false}>
        {formatSigned(points, 1)} <span class="hidden">{t("unit_points")}, </span>
      </span>
      <span class="bar" aria-hidden="true">
        <span
          class={points < 0 ? "ground-low" : "ground-high"}
          style={{
            width: `${(Math.abs(points) * 50) / reach}%`,
            insetInlineStart: points < 0 ? `${50 - (Math.abs(points) * 50) / reach}%` : "50%",
          }}
        />
      </span>
      <small class="count" translate={false} title={t("of_answers", { n: answers })}>
        <span class="hidden">{t("of_answers", { n: answers })}</span>
        <span aria-hidden="true">{formatNumber(answers)}</span>
      </small>
    </li>
  );
}
