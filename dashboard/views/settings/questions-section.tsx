import { limits } from "../../../shared/limits.ts";
import { t } from "../../i18n/translate.ts";
import { Check, TextInput } from "../../ui/inputs.tsx";
import { QuestionList } from "../../ui/question-list.tsx";
import { DateRange } from "./date-range.tsx";
import type { Draft } from "./draft.ts";
import { DuplicateSurvey } from "./duplicate-survey.tsx";

/** What the survey is called, what it asks, and from when to when. */
export function QuestionsSection({ draft }: { draft: Draft }) {
  const { name, brand, questions, paused } = draft.settings.value;
  return (
    <>
      <TextInput
        label={t("name")}
        help={t("name_help")}
        notes={draft.notes("/name")}
        value={name}
        most={limits.nameCharacters}
        onChange={(name) => draft.change({ name })}
      />
      <TextInput
        label={t("brand")}
        help={t("brand_help")}
        notes={draft.notes("/brand")}
        value={brand}
        most={limits.nameCharacters}
        onChange={(brand) => draft.change({ brand })}
      />
      <QuestionList
        value={questions}
        notes={draft.notes("/questions")}
        onChange={(questions) => draft.change({ questions })}
      />
      <Check
        label={t("pause")}
        help={t("pause_help")}
        notes={draft.notes("/paused")}
        value={paused}
        onChange={(paused) => draft.change({ paused })}
      />
      <DateRange draft={draft} />
      <DuplicateSurvey survey={draft.saved.value} />
    </>
  );
}
