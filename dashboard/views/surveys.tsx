import type { Survey } from "../../shared/schema/survey.ts";
import { goTo } from "../address/address.ts";
import { hrefTo } from "../address/routes.ts";
import { surveyListPath } from "../data/api-paths.ts";
import { may, reachesAll } from "../data/session.ts";
import { useList } from "../data/use-list.ts";
import { t } from "../i18n/translate.ts";
import { EmptyState, OfflineNote, Refused, Waiting } from "../ui/states.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { SurveyRow } from "./survey-row.tsx";

/** The list of all surveys, each with its scores. */
export function Surveys() {
  const { list, more } = useList<Survey>(surveyListPath);
  const { items, next, refusal, loading } = list.value;
  const surveys = items ?? [];
  return (
    <>
      <TopBar />
      <main tabindex={-1} aria-busy={loading}>
        <div class="title-line">
          <h1>{t("all_surveys")}</h1>
          <div class="acts">
            {surveys.length > 1 && (
              <a class="button" href={hrefTo("combined", {})}>
                {t("combined")}
              </a>
            )}
            {may("admin") && surveys.length > 0 && (
              <a class="button main" href={hrefTo("firstRun", {})}>
                {t("new_survey")}
              </a>
            )}
          </div>
        </div>
        {surveys.length > 0 && <p class="help">{t("list_lead")}</p>}
        {refusal && (items ? <OfflineNote /> : <Refused refusal={refusal} again={() => location.reload()} />)}
        {!items && !refusal && <Waiting />}
        {items && surveys.length === 0 && (
          <EmptyState title={t("no_surveys_title")}>
            <p>{t(may("admin") ? "no_surveys_text" : "no_surveys_ask")}</p>
            {may("admin") && (
              <button type="button" class="main" onClick={() => goTo("firstRun", {})}>
                {t("first_survey")}
              </button>
            )}
            {may("admin") && reachesAll() && (
              <p>
                <a href={hrefTo("fromFile", {})}>{t("from_file")}</a>
              </p>
            )}
          </EmptyState>
        )}
        <ul class="surveys">
          {surveys.map((survey) => (
            <SurveyRow key={survey.id} survey={survey} />
          ))}
        </ul>
        {next && (
          <button type="button" class="more" onClick={more}>
            {t("more")}
          </button>
        )}
      </main>
    </>
  );
}
