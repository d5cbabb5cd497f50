import type { Question } from "../../shared/vocabulary.ts";
import { questions } from "../../shared/vocabulary.ts";
import { t } from "../i18n/translate.ts";

type Props = { value: readonly Question[]; onChange: (questions: Question[]) => void };

/** What is asked and in which order; the last remaining question cannot be taken out. */
export function QuestionList({ value, onChange }: Props) {
  const shown = [...value, ...questions.filter((question) => !value.includes(question))];
  const move = (index: number, by: number) => {
    const next = [...value];
    const [question] = next.splice(index, 1);
    next.splice(index + by, 0, question!);
    onChange(next);
  };
  return (
    <fieldset class="questions">
      <legend>{t("questions")}</legend>
      <ol>
        {shown.map((question, index) => {
          const asked = index < value.length;
          return (
            <li key={question}>
              <label>
                <input
                  type="checkbox"
                  checked={asked}
                  disabled={asked && value.length === 1}
                  onChange={() => onChange(asked ? value.filter((each) => each !== question) : [...value, question])}
                />
                {t(`question_${question}`)}
              </label>
              {asked && (
                <span class="acts">
                  <button type="button" disabled={index === 0} onClick={() => move(index, -1)}>
                    <span aria-hidden="true">↑</span>
                    <span class="hidden">{t("earlier_in_order", { question: t(`question_${question}`) })}</span>
                  </button>
                  <button type="button" disabled={index === value.length - 1} onClick={() => move(index, 1)}>
                    <span aria-hidden="true">↓</span>
                    <span class="hidden">{t("later_in_order", { question: t(`question_${question}`) })}</span>
                  </button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
