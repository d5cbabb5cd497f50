import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { dayInZone, isSameZone } from "../../../shared/time/calendar.ts";
import { address, changeQuery } from "../../address/address.ts";
import { metricsQuery, spanOf } from "../../address/period.ts";
import { get } from "../../data/api.ts";
import { combinedMetricsPath, combinedTopicsPath, surveysPath } from "../../data/api-paths.ts";
import { askAgain } from "../../data/live.ts";
import { useWholeList } from "../../data/use-list.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { figureContext } from "../../ui/figure-context.ts";
import { EmptyState, OfflineNote, Refused, Waiting } from "../../ui/states.tsx";
import { TopBar } from "../../ui/top-bar.tsx";
import { Figures } from "../overview/figures.tsx";
import { Toolbar } from "../overview/toolbar.tsx";
import { choiceOf, sumOf } from "./chosen-surveys.ts";

/** Several surveys as one: the answers added up, the scores cut from the sum. */
export function CombinedSurveys() {
  const refetchKey = useSignal(0);
  const { query } = address.value;
  const { value: list, refusal: noList } = useWholeList<Survey>(surveysPath).value;
  const all = list ?? [];
  const { chosen, timezone, tooMany } = choiceOf(all, query.get("surveys"));
  const span = spanOf(query, dayInZone(Date.now(), timezone));
  const wanted = metricsQuery(query, span);
  wanted.delete("where");
  const days = new URLSearchParams({ from: span.from, to: span.to });
  for (const { id } of chosen) for (const each of [wanted, days]) each.append("survey", id);
  const path = chosen.length > 0 ? combinedMetricsPath(wanted) : null;
  const figures = useReply<Metrics>(path, refetchKey.value);
  const { value, refusal, loading } = figures.value;
  useEffect(() => {
    if (!path) return;
    return askAgain(async () => {
      const reply = await get<Metrics>(path);
      // An unchanged reply comes from the browser's own cache, with the instant at which it was made.
      if (reply.ok && reply.value.updated_at !== figures.peek().value?.updated_at) refetchKey.value++;
    });
  }, [path]);
  const toggle = (id: string) => {
    const ids = chosen.map((each) => each.id);
    const next = ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
    changeQuery({ surveys: next.length === 0 || next.length === all.length ? null : next.join(",") });
  };
  const asOne = sumOf(chosen);
  return (
    <>
      <TopBar />
      <main tabindex={-1} class={`overview ${loading ? "renewing" : ""}`}>
        <h1>{t("combined")}</h1>
        <fieldset class="picks">
          <legend>{t("surveys")}</legend>
          {all.map((survey) => (
            <label key={survey.id}>
              <input
                type="checkbox"
                checked={chosen.includes(survey)}
                disabled={!isSameZone(survey.timezone, timezone)}
                onChange={() => toggle(survey.id)}
              />
              {survey.name} {!isSameZone(survey.timezone, timezone) && <small>({t("other_zone")})</small>}
            </label>
          ))}
        </fieldset>
        {tooMany && <p class="note">{t("combined_most", { n: limits.combinedSurveys })}</p>}
        {asOne && <Toolbar survey={asOne} span={span} />}
        {noList && <Refused refusal={noList} again={() => location.reload()} />}
        {refusal && (value ? <OfflineNote /> : <Refused refusal={refusal} again={() => refetchKey.value++} />)}
        {!value && !refusal && !noList && <Waiting class="tall" />}
        {value && value.responses === 0 && <EmptyState title={t("empty_title")} />}
        {value && value.responses > 0 && asOne && (
          <figureContext.Provider value={{ survey: chosen.map(({ name }) => name).join(", "), days: span }}>
            <Figures
              survey={asOne}
              metrics={value}
              topicsPath={combinedTopicsPath(days)}
              refetchKey={refetchKey.value}
            />
            <p class="help">{t("combined_lacks")}</p>
          </figureContext.Provider>
        )}
      </main>
    </>
  );
}
