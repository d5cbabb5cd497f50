import { useSignal } from "@preact/signals";
import type { Language } from "../../../shared/languages.ts";
import { chooseLanguage, isRightToLeft, languages } from "../../../shared/languages.ts";
import { limits } from "../../../shared/limits.ts";
import { scoreNames, scoresIn } from "../../../shared/questions.ts";
import { builtInTexts } from "../../../shared/strings/built-in.ts";
import type { TextKey } from "../../../shared/strings/keys.ts";
import { scoreTextKeys, textKeys } from "../../../shared/strings/keys.ts";
import type { Question } from "../../../shared/vocabulary.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { languageName } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { CharactersLeft, Checks } from "../../ui/inputs.tsx";
import { FieldNotes } from "../../ui/notes.tsx";
import { Select } from "../../ui/select.tsx";
import type { Draft } from "./draft.ts";
import { PreviewColumn } from "./preview-column.tsx";

/** The words of the survey. An empty field keeps the built-in wording, which stands in it in grey. */
export function Texts({ draft }: { draft: Draft }) {
  const { languages: offered, questions, texts } = draft.settings.value;
  const language = useSignal<Language>(chooseLanguage([currentLanguage.value], offered));
  const own = texts[language.value] ?? {};
  const write = (key: TextKey, text: string) => {
    const { [key]: _, ...rest } = own;
    draft.change({ texts: { ...texts, [language.value]: text.trim() ? { ...rest, [key]: text } : rest } });
  };
  return (
    <div class="beside">
      <div>
        <Checks
          legend={t("languages_offered")}
          notes={draft.notes("/languages")}
          value={offered}
          options={languages.map((each) => [each, languageName(each)])}
          onChange={(languages) => languages.length > 0 && draft.change({ languages })}
        />
        <Select
          label={t("texts_in")}
          value={language.value}
          options={languages.map((each) => [each, languageName(each)])}
          onChange={(value) => (language.value = value as Language)}
        />
        <div class="texts" lang={language.value} dir={isRightToLeft(language.value) ? "rtl" : "ltr"}>
          {textsOf(questions).map((key) => {
            const notes = draft.notes(`/texts/${language.value}/${key}`);
            const id = `text-${language.value}-${key}`;
            return (
              <div key={id}>
                <label>
                  <span lang={currentLanguage.value} dir="ltr">
                    {t(`text_${key}`)}
                  </span>
                  <input
                    value={own[key] ?? ""}
                    placeholder={builtInTexts[language.value][key]}
                    aria-invalid={notes.fault !== undefined || notes.conflict !== undefined}
                    aria-describedby={`${id}-fault ${id}-warning ${id}-conflict`}
                    onInput={(event) => write(key, event.currentTarget.value)}
                  />
                </label>
                <div lang={currentLanguage.value} dir="ltr">
                  <CharactersLeft value={own[key] ?? ""} most={limits.textCharacters} />
                  <FieldNotes id={id} notes={notes} />
                </div>
              </div>
            );
          })}
        </div>
      </div>
      <PreviewColumn draft={draft} language={language.value} />
    </div>
  );
}

/** The texts of a survey that asks these questions. */
function textsOf(questions: readonly Question[]): TextKey[] {
  const shown = scoresIn(questions);
  const others: readonly TextKey[] = scoreNames.filter((name) => !shown.includes(name)).flatMap(scoreTextKeys);
  return textKeys.filter((key) => !others.includes(key));
}
