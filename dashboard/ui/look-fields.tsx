import { palette } from "../../shared/look.ts";
import type { StyleSettings } from "../../shared/questions.ts";
import { scoredQuestions, styledScores } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { positions, schemes } from "../../shared/vocabulary.ts";
import { t } from "../i18n/translate.ts";
import { Choices } from "./choices.tsx";
import { Field } from "./field.tsx";
import type { Notes } from "./notes.tsx";
import { Select } from "./select.tsx";

type Look = Pick<SurveySettings, keyof StyleSettings | "theme" | "questions">;
type Props = {
  value: Look;
  notes?: (pointer: string) => Notes;
  onChange: (changes: Partial<SurveySettings>) => void;
};

/** The styles to choose from for the questions that can be drawn in several ways. */
function stylesOf(questions: readonly string[]) {
  return styledScores
    .filter((name) => questions.includes(name))
    .map((name) => ({ setting: `${name}_style` as const, styles: scoredQuestions[name].styles }));
}

/** How the survey looks on the owner's page. */
export function LookFields({ value, notes = () => ({}), onChange }: Props) {
  const { theme } = value;
  const paint = (changes: Partial<SurveySettings["theme"]>) => onChange({ theme: { ...theme, ...changes } });
  return (
    <>
      {stylesOf(value.questions).map(({ setting, styles }) => (
        <Choices
          key={setting}
          legend={t(setting)}
          notes={notes(`/${setting}`)}
          value={value[setting]}
          options={styles.map((style) => [style, t(`style_${style}`)])}
          onChange={(style) => onChange({ [setting]: style })}
        />
      ))}
      <Field label={t("accent")} help={t("accent_help")} notes={notes("/theme/accent")}>
        {(attributes) => (
          <span class="colour">
            <input
              {...attributes}
              type="color"
              value={theme.accent ?? palette.light.accent}
              onInput={(event) => paint({ accent: event.currentTarget.value })}
            />
            {theme.accent !== null && (
              <button type="button" onClick={() => paint({ accent: null })}>
                {t("accent_none")}
              </button>
            )}
          </span>
        )}
      </Field>
      <Select
        label={t("position")}
        help={t("position_help")}
        notes={notes("/theme/position")}
        value={theme.position}
        options={positions.map((each) => [each, t(`position_${each.replace("-", "_") as "bottom_end"}`)])}
        onChange={(position) => paint({ position: position as SurveySettings["theme"]["position"] })}
      />
      <Select
        label={t("scheme")}
        notes={notes("/theme/scheme")}
        value={theme.scheme}
        options={schemes.map((each) => [each, t(`scheme_${each}`)])}
        onChange={(scheme) => paint({ scheme: scheme as SurveySettings["theme"]["scheme"] })}
      />
    </>
  );
}
