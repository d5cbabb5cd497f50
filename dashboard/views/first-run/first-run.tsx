import type { Survey } from "../../../shared/schema/survey.ts";
import type { Params } from "../../address/routes.ts";
import { surveyPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { Refused, Waiting } from "../../ui/states.tsx";
import { TopBar } from "../../ui/top-bar.tsx";
import { LookStep } from "./look-step.tsx";
import { NameStep } from "./name-step.tsx";
import { TryStep } from "./try-step.tsx";

const steps = ["name", "look", "try"] as const;

/** From nothing to the first answer on the screen, in three steps; the address says which. */
export function FirstRun({ params }: { params: Params }) {
  const id = params.survey ?? null;
  const step = id === null ? "name" : (steps.find((each) => each === params.step) ?? "try");
  const { value: survey, refusal } = useReply<Survey>(id && surveyPath(id)).value;
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="first-run">
        <ol class="steps" aria-label={t("steps")}>
          {steps.map((each) => (
            <li key={each} aria-current={each === step ? "step" : undefined}>
              {t(`step_${each}`)}
            </li>
          ))}
        </ol>
        {step === "name" && <NameStep />}
        {step !== "name" && refusal && <Refused refusal={refusal} again={() => location.reload()} />}
        {step !== "name" && !survey && !refusal && <Waiting />}
        {survey && step === "look" && <LookStep survey={survey} />}
        {survey && step === "try" && <TryStep survey={survey} />}
      </main>
    </>
  );
}
