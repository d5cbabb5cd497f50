import { useSignal } from "@preact/signals";
import { dayInZone } from "../../shared/calendar.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Page } from "../../shared/schema/paging.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { useLoaded } from "../loaded.ts";
import { metricsQuery, spanOf } from "../period.ts";
import { changeQuery, place } from "../place.ts";
import { Refused, Waiting } from "../ui/states.tsx";
import { Top } from "../ui/top.tsx";
import { t } from "../wording.ts";
import { Figures } from "./overview/figures.tsx";
import { Toolbar } from "./overview/toolbar.tsx";

/** Several surveys as one: the answers added up, the scores cut from the sum. */
export function Together() {
  const times = useSignal(0);
  const { query } = place.value;
  const { value: list, refusal: noList } = useLoaded<Page<Survey>>("/v1/surveys?limit=100").value;
  const all = list?.items ?? [];
  const asked = (query.get("surveys") ?? "").split(",").filter(Boolean);
  const chosen = all.filter(({ id }) => asked.length === 0 || asked.includes(id)).slice(0, 20);
  const timezone = chosen[0]?.timezone ?? "UTC";
  const span = spanOf(query, dayInZone(Date.now(), timezone));
  const wanted = metricsQuery(query, span);
  wanted.delete("where");
  for (const { id } of chosen) wanted.append("survey", id);
  const path = chosen.length > 0 ? `/v1/metrics?${wanted}` : null;
  const { value, refusal } = useLoaded<Metrics>(path, times.value).value;
  const toggle = (id: string) => {
    const ids = chosen.map((each) => each.id);
    const next = ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
    changeQuery({ surveys: next.length === 0 || next.length === all.length ? null : next.join(",") });
  };
  const asOne = sumOf(chosen);
  return (
    <>
      <Top />
      <main tabindex={-1} class="overview">
        <h1>{t("together")}</h1>
        <fieldset class="picks">
          <legend>{t("surveys")}</legend>
          {all.map((survey) => (
            <label key={survey.id}>
              <input type="checkbox" checked={chosen.includes(survey)} onChange={() => toggle(survey.id)} />
              {survey.name}
            </label>
          ))}
        </fieldset>
        {asOne && <Toolbar survey={asOne} span={span} />}
        {noList && <Refused refusal={noList} again={() => location.reload()} />}
        {refusal && <Refused refusal={refusal} again={() => times.value++} />}
        {!value && !refusal && !noList && <Waiting class="tall" />}
        {value && !refusal && asOne && <Figures survey={asOne} metrics={value} times={times.value} />}
      </main>
    </>
  );
}

/** The first, with the questions of all; segments differ from survey to survey and are left out. */
function sumOf(surveys: Survey[]): Survey | null {
  const [first] = surveys;
  if (!first) return null;
  return { ...first, questions: [...new Set(surveys.flatMap((survey) => survey.questions))], segments: [] };
}
