import { useEffect } from "preact/hooks";
import type { Survey } from "../../shared/schema/survey.ts";
import { address } from "../address/address.ts";
import type { Params, PartName, RouteName } from "../address/routes.ts";
import { hrefTo, isPart, routes } from "../address/routes.ts";
import { surveyPath } from "../data/api-paths.ts";
import { may } from "../data/session.ts";
import { useReply } from "../data/use-reply.ts";
import { t } from "../i18n/translate.ts";
import { LazyView } from "../ui/lazy-view.tsx";
import { EmptyState, Refused, Waiting } from "../ui/states.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { lazyParts, viewStrings } from "./lazy-views.ts";
import { Overview } from "./overview/overview.tsx";
import { stateName } from "./survey-state.ts";

const parts = (Object.keys(routes) as RouteName[]).filter(isPart);

/** One survey: its name, links to the parts of it that the key may see, and the part that the address asks for. */
export function SurveyFrame({ part, params }: { part: PartName; params: Params }) {
  const id = params.survey ?? "";
  const { value: survey, refusal } = useReply<Survey>(surveyPath(id)).value;
  const state = survey && stateName(survey);
  useEffect(() => {
    if (survey) document.title = `${survey.name} · Vidhuk`;
  }, [survey]);
  return (
    <>
      <TopBar>
        <p class="survey-name" translate={false}>
          {survey?.name} {state && <span class="tag">{state}</span>}
        </p>
        <nav aria-label={t("parts")}>
          {parts
            .filter((each) => may(routes[each].scope))
            .map((each) => (
              <a key={each} href={linkTo(id, each)} aria-current={each === part ? "page" : undefined}>
                {t(each)}
              </a>
            ))}
        </nav>
      </TopBar>
      <main tabindex={-1}>
        {refusal && !survey ? <Refused refusal={refusal} again={() => location.reload()} /> : null}
        {!survey && !refusal && <Waiting />}
        {survey && <Part part={part} survey={survey} params={params} />}
      </main>
    </>
  );
}

function Part({ part, survey, params }: { part: PartName; survey: Survey; params: Params }) {
  if (!may(routes[part].scope))
    return (
      <EmptyState title={t("forbidden_title")}>
        <p>{t("forbidden_text")}</p>
      </EmptyState>
    );
  if (part === "overview") return <Overview survey={survey} />;
  return <LazyView key={part} view={lazyParts[part]} strings={viewStrings[part]} survey={survey} params={params} />;
}

/** The days looked at go along from one part of a survey to the next. */
function linkTo(survey: string, part: PartName): string {
  const query = new URLSearchParams();
  for (const name of ["period", "from", "to"]) {
    const value = address.value.query.get(name);
    if (value) query.set(name, value);
  }
  return hrefTo(part, { survey }, query);
}
