/** Which view the address asks for. */
import { useEffect } from "preact/hooks";
import { address } from "./address/address.ts";
import { may, signedIn } from "./data/session.ts";
import { t } from "./i18n/translate.ts";
import { LazyView } from "./ui/lazy-view.tsx";
import { EmptyState, Refused } from "./ui/states.tsx";
import { TopBar } from "./ui/top-bar.tsx";
import { SignIn } from "./views/sign-in.tsx";
import { SurveyFrame } from "./views/survey-frame.tsx";
import { Surveys } from "./views/surveys.tsx";

const firstRun = async () => (await import("./views/first-run/first-run.tsx")).FirstRun;
const log = async () => (await import("./views/log/log.tsx")).Log;
const person = async () => (await import("./views/person/person.tsx")).PersonView;
const together = async () => (await import("./views/combined/combined.tsx")).CombinedSurveys;

export function App() {
  const now = signedIn.value;
  if (now.state === "unreachable") return <Refused refusal={now.refusal} again={() => location.reload()} />;
  if (now.state !== "in") return <SignIn ended={now.state === "out" && now.ended} />;
  return <View />;
}

function View() {
  const [first, second, third] = address.value.path;
  useEffect(() => {
    // The comments know where their reader was.
    if (third !== "comments") scrollTo(0, 0);
  }, [first, second, third]);
  if (first === undefined) return <Surveys />;
  if (first === "new" && may("admin")) return <LazyView view={firstRun} id={second ?? null} />;
  if (first === "log" && may("admin")) return <LazyView view={log} />;
  if (first === "together") return <LazyView view={together} />;
  if (first === "person" && may("admin")) return <LazyView view={person} id={second ?? null} />;
  if (first === "s" && second) return <SurveyFrame key={second} id={second} tab={third ?? "overview"} />;
  return (
    <>
      <TopBar />
      <main tabindex={-1}>
        <EmptyState title={t("missing_title")} />
      </main>
    </>
  );
}
