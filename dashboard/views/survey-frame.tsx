import { useEffect } from "preact/hooks";
import type { Survey } from "../../shared/schema/survey.ts";
import { hrefTo, place } from "../address/address.ts";
import { surveyPath } from "../data/api-paths.ts";
import { may } from "../data/session.ts";
import { useLoaded } from "../data/use-reply.ts";
import { t } from "../i18n/translate.ts";
import { Later } from "../ui/lazy-view.tsx";
import { Nothing, Refused, Waiting } from "../ui/states.tsx";
import { Top } from "../ui/top.tsx";
import { Overview } from "./overview/overview.tsx";

const comments = async () => (await import("./comments/comments.tsx")).Comments;
const settings = async () => (await import("./settings/settings.tsx")).Settings;

const tabs = [
  ["overview", "metrics"],
  ["comments", "comments"],
  ["settings", "admin"],
] as const;

/** One survey: its name, the ways into it that the key opens, and the view chosen. */
export function SurveyFrame({ id, tab }: { id: string; tab: string }) {
  const { value: survey, refusal } = useLoaded<Survey>(surveyPath(id)).value;
  const shown = tabs.filter(([, scope]) => may(scope));
  useEffect(() => {
    if (survey) document.title = `${survey.name} · Vidhuk`;
  }, [survey]);
  return (
    <>
      <Top>
        <p class="survey-name">{survey?.name}</p>
        <nav aria-label={t("parts")}>
          {shown.map(([name]) => (
            <a key={name} href={linkTo(id, name)} aria-current={name === tab ? "page" : undefined}>
              {t(name)}
            </a>
          ))}
        </nav>
      </Top>
      <main tabindex={-1}>
        {refusal && !survey ? <Refused refusal={refusal} again={() => location.reload()} /> : null}
        {!survey && !refusal && <Waiting />}
        {survey && !shown.some(([name]) => name === tab) && (
          <Nothing title={t("forbidden_title")}>
            <p>{t("forbidden_text")}</p>
          </Nothing>
        )}
        {survey && tab === "overview" && <Overview survey={survey} />}
        {survey && tab === "comments" && may("comments") && <Later view={comments} survey={survey} />}
        {survey && tab === "settings" && may("admin") && <Later view={settings} survey={survey} />}
      </main>
    </>
  );
}

/** The days looked at go along from one part of a survey to the next. */
function linkTo(id: string, tab: string): string {
  const query = new URLSearchParams();
  for (const name of ["period", "from", "to"]) {
    const value = place.value.query.get(name);
    if (value) query.set(name, value);
  }
  return hrefTo(tab === "overview" ? ["s", id] : ["s", id, tab], query);
}
