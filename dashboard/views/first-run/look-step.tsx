import { useSignal } from "@preact/signals";
import { stylesIn } from "../../../shared/questions.ts";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import { goTo } from "../../address/address.ts";
import type { Refusal } from "../../data/api.ts";
import { saveSurvey } from "../../data/save-survey.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { faultOf, reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { LookFields } from "../../ui/look-fields.tsx";
import { Preview } from "../../ui/preview.tsx";
import { QuestionList } from "../../ui/question-list.tsx";
import { useFocusOnFault } from "../../ui/use-focus-on-fault.ts";

/** The second step: the questions and the look, beside a preview that shows both. */
export function LookStep({ survey }: { survey: Survey }) {
  const draft = useSignal<SurveySettings>(survey);
  const refusal = useSignal<Refusal | null>(null);
  const form = useFocusOnFault(refusal.value);
  const change = (changes: Partial<SurveySettings>) => {
    draft.value = { ...draft.value, ...changes };
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { questions, theme } = draft.value;
    const reply = await saveSurvey(survey.id, { questions, ...stylesIn(draft.value), theme });
    if (reply.ok) goTo("firstRun", { survey: survey.id, step: "try" });
    else refusal.value = reply.refusal;
  };
  return (
    <div class="beside">
      <form class="step" ref={form} onSubmit={submit}>
        <h1>{t("look_title")}</h1>
        <QuestionList value={draft.value.questions} onChange={(questions) => change({ questions })} />
        <LookFields
          value={draft.value}
          notes={(pointer) => ({ fault: faultOf(refusal.value, pointer) })}
          onChange={change}
        />
        {refusal.value && (
          <p class="fault" role="alert">
            {reasonOf(refusal.value)}
          </p>
        )}
        <button type="submit" class="main">
          {t("go_on")}
        </button>
      </form>
      <Preview
        marked
        id={survey.id}
        settings={draft.value}
        language={currentLanguage.value}
        size={innerWidth < 700 ? "phone" : "desktop"}
      />
    </div>
  );
}
