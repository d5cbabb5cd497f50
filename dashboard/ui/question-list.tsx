import { useLayoutEffect, useRef } from "preact/hooks";
import type { Question } from "../../shared/vocabulary.ts";
import { questions } from "../../shared/vocabulary.ts";
import { t } from "../i18n/translate.ts";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Props = { value: readonly Question[]; notes?: Notes; onChange: (questions: Question[]) => void };

/** What is asked and in which order; the last remaining question cannot be taken out. */
export function QuestionList({ value, notes, onChange }: Props) {
  const shown = [...value, ...questions.filter((question) => !value.includes(question))];
  const pressed = useRef<HTMLElement | null>(null);
  // A browser takes the focus from an element that is moved in the page.
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  }, [value]);
  const move = (index: number, by: number, button: HTMLElement) => {
    // A button at the end of its way stays in reach: were it disabled, the keyboard would lose its place.
    if (value[index + by] === undefined) return;
    pressed.current = button;
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
                  <button
                    type="button"
                    aria-disabled={index === 0}
                    onClick={({ currentTarget }) => move(index, -1, currentTarget)}
                  >
                    <span aria-hidden="true">↑</span>
                    <span class="hidden">{t("earlier_in_order", { question: t(`question_${question}`) })}</span>
                  </button>
                  <button
                    type="button"
                    aria-disabled={index === value.length - 1}
                    onClick={({ currentTarget }) => move(index, 1, currentTarget)}
                  >
                    <span aria-hidden="true">↓</span>
                    <span class="hidden">{t("later_in_order", { question: t(`question_${question}`) })}</span>
                  </button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {notes && <FieldNotes notes={notes} />}
    </fieldset>
  );
}
