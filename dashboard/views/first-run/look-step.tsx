import type { Signal } from "@preact/signals";
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
export function LookStep({ survey, unsaved }: { survey: Survey; unsaved: Signal<Partial<SurveySettings>> }) {
  const draft: SurveySettings = { ...survey, ...unsaved.value };
  const refusal = useSignal<Refusal | null>(null);
  const form = useFocusOnFault(refusal.value);
  const change = (changes: Partial<SurveySettings>) => {
    unsaved.value = { ...unsaved.value, ...changes };
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { name, brand, questions, theme } = draft;
    const reply = await saveSurvey(survey.id, { name, brand, questions, ...stylesIn(draft), theme });
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    unsaved.value = {};
    goTo("firstRun", { survey: survey.id, step: "try" });
  };
  return (
    <div class="beside">
      <form class="step" ref={form} onSubmit={submit}>
        <h1>{t("look_title")}</h1>
        <QuestionList value={draft.questions} onChange={(questions) => change({ questions })} />
        <LookFields value={draft} notes={(pointer) => ({ fault: faultOf(refusal.value, pointer) })} onChange={change} />
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
        settings={draft}
        language={currentLanguage.value}
        size={innerWidth < 700 ? "phone" : "desktop"}
      />
    </div>
  );
}
