import { useSignal } from "@preact/signals";
import type { Language } from "../../../shared/languages.ts";
import { respondentGroups } from "../../../shared/questions.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { languageName } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { TextInput } from "../../ui/inputs.tsx";
import { LookFields } from "../../ui/look-fields.tsx";
import { Select } from "../../ui/select.tsx";
import type { Draft } from "./draft.ts";
import { PreviewColumn } from "./preview-column.tsx";

export function Look({ draft }: { draft: Draft }) {
  const { languages, thanks, ...settings } = draft.settings.value;
  const language = useSignal<Language>(
    languages.find((each) => each === currentLanguage.value) ?? languages[0] ?? "en",
  );
  return (
    <div class="beside">
      <div>
        <LookFields value={settings} notes={draft.notes} onChange={draft.change} />
        <fieldset>
          <legend>{t("thanks_links")}</legend>
          {respondentGroups.map((group) => (
            <TextInput
              key={group}
              label={t(`thanks_${group}`)}
              notes={draft.notes(`/thanks/${group}`)}
              placeholder="https://"
              value={thanks[group]?.url ?? ""}
              onChange={(url) => draft.change({ thanks: { ...thanks, [group]: url ? { url } : null } })}
            />
          ))}
        </fieldset>
      </div>
      <PreviewColumn marked draft={draft} language={language.value}>
        {languages.length > 1 && (
          <Select
            label={t("language")}
            value={language.value}
            options={languages.map((each) => [each, languageName(each)])}
            onChange={(next) => (language.value = next as Language)}
          />
        )}
      </PreviewColumn>
    </div>
  );
}
