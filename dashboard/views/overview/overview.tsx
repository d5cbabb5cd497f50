import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { readWhere } from "../../../shared/segments.ts";
import { dayInZone } from "../../../shared/time/calendar.ts";
import { address } from "../../address/address.ts";
import { spanOf } from "../../address/period.ts";
import { figuresPath, topicsPath } from "../../data/api-paths.ts";
import { listenToSurvey } from "../../data/live.ts";
import { may } from "../../data/session.ts";
import { useReply } from "../../data/use-reply.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";
import { figureContext } from "../../ui/figure-context.ts";
import { SaveAnswers } from "../../ui/save-answers.tsx";
import { OfflineNote, Refused, Waiting } from "../../ui/states.tsx";
import { Empty } from "./empty.tsx";
import { Figures } from "./figures.tsx";
import { LatestComments } from "./latest-comments.tsx";
import { SaveFigures } from "./save-figures.tsx";
import { Toolbar } from "./toolbar.tsx";

/** The figures of one survey, renewed while the reader looks. */
export function Overview({ survey }: { survey: Survey }) {
  const refetchKey = useSignal(0);
  useEffect(() => {
    const again = () => {
      refetchKey.value++;
    };
    return listenToSurvey(survey.id, { metrics: again });
  }, [survey.id]);
  const span = spanOf(address.value.query, dayInZone(Date.now(), survey.timezone));
  const days = { from: span.from, to: span.to };
  const where = address.value.query.get("where");
  const path = figuresPath(survey.id, address.value.query, span);
  const { value, refusal, loading } = useReply<Metrics>(path, refetchKey.value).value;
  // The parts below are fetched again when the figures have changed, not each time that the live stream begins anew.
  const version = value ? Date.parse(value.updated_at) : 0;
  return (
    <div class={`overview ${loading ? "renewing" : ""}`}>
      <h1 class="hidden">{survey.name}</h1>
      <Toolbar survey={survey} span={span} />
      {refusal && (value ? <OfflineNote /> : <Refused refusal={refusal} again={() => refetchKey.value++} />)}
      {!value && !refusal && <Waiting class="tall" />}
      {value && value.responses === 0 && <Empty survey={survey} />}
      {value && value.responses > 0 && (
        <figureContext.Provider value={{ survey: survey.name, days: span, where: narrowedTo(survey) }}>
          <Figures survey={survey} metrics={value} topicsPath={topicsPath(survey.id, days)} refetchKey={version} />
          {may("comments") && <LatestComments survey={survey} where={where} refetchKey={version} />}
          <p class="acts">
            <SaveFigures survey={survey} metrics={value} />
            {may("comments") && <SaveAnswers survey={survey} query={answersShown(days)} />}
          </p>
        </figureContext.Provider>
      )}
    </div>
  );
}

/** The filters of the answers that the figures count. */
function answersShown(days: { from: string; to: string }): Record<string, string> {
  const where = address.value.query.get("where");
  return { ...days, exclude: "excluded", ...(where && { where }) };
}

/** Whose answers alone are shown, in words; empty for everybody's. */
function narrowedTo(survey: Survey): string {
  const narrowed = readWhere(address.value.query.get("where") ?? "", survey.segments);
  return narrowed ? `${segmentName(narrowed.segment)}: ${valueName(narrowed.segment, narrowed.value)}` : "";
}
