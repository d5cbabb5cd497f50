import { useEffect } from "preact/hooks";
import type { Survey } from "../../shared/schema/survey.ts";
import { address, hrefTo } from "../address/address.ts";
import { surveyPath } from "../data/api-paths.ts";
import { may } from "../data/session.ts";
import { useReply } from "../data/use-reply.ts";
import { t } from "../i18n/translate.ts";
import { LazyView } from "../ui/lazy-view.tsx";
import { EmptyState, Refused, Waiting } from "../ui/states.tsx";
import { TopBar } from "../ui/top-bar.tsx";
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
  const { value: survey, refusal } = useReply<Survey>(surveyPath(id)).value;
  const shown = tabs.filter(([, scope]) => may(scope));
  useEffect(() => {
    if (survey) document.title = `${survey.name} · Vidhuk`;
  }, [survey]);
  return (
    <>
      <TopBar>
        <p class="survey-name">{survey?.name}</p>
        <nav aria-label={t("parts")}>
          {shown.map(([name]) => (
            <a key={name} href={linkTo(id, name)} aria-current={name === tab ? "page" : undefined}>
              {t(name)}
            </a>
          ))}
        </nav>
      </TopBar>
      <main tabindex={-1}>
        {refusal && !survey ? <Refused refusal={refusal} again={() => location.reload()} /> : null}
        {!survey && !refusal && <Waiting />}
        {survey && !shown.some(([name]) => name === tab) && (
          <EmptyState title={t("forbidden_title")}>
            <p>{t("forbidden_text")}</p>
          </EmptyState>
        )}
        {survey && tab === "overview" && <Overview survey={survey} />}
        {survey && tab === "comments" && may("comments") && <LazyView view={comments} survey={survey} />}
        {survey && tab === "settings" && may("admin") && <LazyView view={settings} survey={survey} />}
      </main>
    </>
  );
}

/** The days looked at go along from one part of a survey to the next. */
function linkTo(id: string, tab: string): string {
  const query = new URLSearchParams();
  for (const name of ["period", "from", "to"]) {
    const value = address.value.query.get(name);
    if (value) query.set(name, value);
  }
  return hrefTo(tab === "overview" ? ["s", id] : ["s", id, tab], query);
}
