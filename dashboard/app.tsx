/** Which view the address asks for. */
import { useEffect } from "preact/hooks";
import { address } from "./address/address.ts";
import { isPart, matchRoute, routes } from "./address/routes.ts";
import { may, signedIn } from "./data/session.ts";
import { t } from "./i18n/translate.ts";
import { LazyView } from "./ui/lazy-view.tsx";
import { EmptyState, Refused } from "./ui/states.tsx";
import { TopBar } from "./ui/top-bar.tsx";
import { lazyPages, viewStrings } from "./views/lazy-views.ts";
import { SignIn } from "./views/sign-in.tsx";
import { SurveyFrame } from "./views/survey-frame.tsx";
import { Surveys } from "./views/surveys.tsx";

export function App() {
  const now = signedIn.value;
  if (now.state === "unreachable") return <Refused refusal={now.refusal} again={() => location.reload()} />;
  if (now.state !== "in") return <SignIn why={now.state === "out" ? now.why : "not_yet"} />;
  return <View />;
}

function View() {
  const { path } = address.value;
  const match = matchRoute(path);
  const name = match?.name;
  // What comes after the third part, as the sections of the settings, leaves the reader where they are.
  const view = path.slice(0, 3).join("/");
  useEffect(() => {
    // The comments restore the position of their reader.
    if (name !== "comments") scrollTo(0, 0);
  }, [view, name]);
  if (!match) return <NowhereView />;
  if (isPart(match.name)) return <SurveyFrame key={match.params.survey} part={match.name} params={match.params} />;
  if (!may(routes[match.name].scope)) return <NowhereView />;
  if (match.name === "surveys") return <Surveys />;
  return (
    <LazyView key={match.name} view={lazyPages[match.name]} strings={viewStrings[match.name]} params={match.params} />
  );
}

function NowhereView() {
  return (
    <>
      <TopBar />
      <main tabindex={-1}>
        <EmptyState title={t("missing_title")} />
      </main>
    </>
  );
}
