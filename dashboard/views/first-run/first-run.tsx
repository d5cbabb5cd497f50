import { useSignal } from "@preact/signals";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import type { Params } from "../../address/routes.ts";
import { hrefTo } from "../../address/routes.ts";
import { surveyPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { Refused, Waiting } from "../../ui/states.tsx";
import { TopBar } from "../../ui/top-bar.tsx";
import { LookStep } from "./look-step.tsx";
import { NameStep } from "./name-step.tsx";
import { TryStep } from "./try-step.tsx";

const steps = ["name", "look", "try"] as const;

/**
 * From nothing to the first answer on the screen, in three steps; the address says which. Once the survey is made, each step
 * that was passed leads back to itself, and each that is to come leads on where nothing waits to be saved.
 */
export function FirstRun({ params }: { params: Params }) {
  const id = params.survey ?? null;
  const step = id === null ? "name" : (steps.find((each) => each === params.step) ?? "try");
  const { value: survey, refusal } = useReply<Survey>(id && surveyPath(id)).value;
  // What was chosen and not saved yet stays while the reader looks at another step.
  const unsaved = useSignal<Partial<SurveySettings>>({});
  const isSaved = Object.keys(unsaved.value).length === 0;
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="first-run">
        <ol class="steps" aria-label={t("steps")}>
          {steps.map((each, at) => (
            <li key={each} aria-current={each === step ? "step" : undefined}>
              {id !== null && each !== step && (isSaved || at < steps.indexOf(step)) ? (
                <a href={hrefTo("firstRun", { survey: id, step: each })}>{t(`step_${each}`)}</a>
              ) : (
                t(`step_${each}`)
              )}
            </li>
          ))}
        </ol>
        {id === null && <NameStep survey={null} unsaved={unsaved} />}
        {id !== null && refusal && <Refused refusal={refusal} again={() => location.reload()} />}
        {id !== null && !survey && !refusal && <Waiting />}
        {survey && step === "name" && <NameStep survey={survey} unsaved={unsaved} />}
        {survey && step === "look" && <LookStep survey={survey} unsaved={unsaved} />}
        {survey && step === "try" && <TryStep survey={survey} />}
      </main>
    </>
  );
}
