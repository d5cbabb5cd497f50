import type { Survey } from "../../../shared/schema/survey.ts";
import type { Topics as TopicsReply } from "../../../shared/schema/topics.ts";
import { address } from "../../address/address.ts";
import { hrefTo } from "../../address/routes.ts";
import { Effects } from "../../charts/effects.tsx";
import { may } from "../../data/session.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { inUnit, scoreUnit } from "./score-unit.ts";
import { Suggestions } from "./suggestions.tsx";

type Props = {
  survey: Survey;
  /** The path of the collector's reply. */
  path: string;
  refetchKey: number;
};

/** What people write about and what it costs: once topics are declared, and of all people, since topics know no filter. */
export function Topics({ survey, path, refetchKey }: Props) {
  const filtered = address.value.query.has("where");
  const { value } = useReply<TopicsReply>(filtered ? null : path, refetchKey).value;
  const suggestions = value?.suggestions ?? [];
  if (!value || survey.topics.length + suggestions.length === 0) return null;
  const named = value.topics.filter(({ comments }) => comments > 0);
  const score = survey.questions.includes("nps") ? "nps" : "csat";
  const table = () => ({
    columns: [
      t("topic"),
      t("mentions"),
      inUnit(t("of_comments"), t("unit_percent")),
      inUnit(score.toUpperCase(), scoreUnit(score)),
      inUnit(t("effect"), t("unit_points")),
    ],
    rows: named.map((topic) => [
      topic.name,
      topic.comments,
      topic.percent,
      topic[score]?.exact ?? null,
      topic.effect[score],
    ]),
  });
  return (
    <div class="topics">
      {survey.topics.length > 0 && (
        <Figure title={t("topics_title")} table={table}>
          <p class="readout">{t(named.length > 0 ? "topics_hint" : "topics_none")}</p>
          {value.filling && <p class="note">{t("filling")}</p>}
          <Effects
            effects={named.map(({ name, effect }) => ({ key: name, label: name, points: effect[score] ?? 0 }))}
          />
          {value.survey !== undefined && may("comments") && named.length > 0 && (
            <p class="ways">
              {t("read_about")}{" "}
              {named.map(({ name }) => (
                <a key={name} href={hrefTo("comments", { survey: survey.id }, { topic: name })}>
                  {name}
                </a>
              ))}
            </p>
          )}
        </Figure>
      )}
      <Suggestions survey={survey.id} terms={suggestions} />
    </div>
  );
}
