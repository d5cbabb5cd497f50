import { useSignal } from "@preact/signals";
import { respondentGroups } from "../../../shared/questions.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { languageName } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Choices } from "../../ui/choices.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { LookFields } from "../../ui/look-fields.tsx";
import { Preview } from "../../ui/preview.tsx";
import { Select } from "../../ui/select.tsx";
import type { Draft } from "./draft.ts";

export function Look({ draft }: { draft: Draft }) {
  const size = useSignal<"phone" | "desktop">(innerWidth < 700 ? "phone" : "desktop");
  const { languages, thanks, ...settings } = draft.settings.value;
  const language = useSignal<string>(languages.find((each) => each === currentLanguage.value) ?? languages[0] ?? "en");
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
      <div>
        <div class="row">
          <Choices
            legend={t("preview")}
            value={size.value}
            options={[
              ["desktop", t("size_desktop")],
              ["phone", t("size_phone")],
            ]}
            onChange={(next) => (size.value = next)}
          />
          {languages.length > 1 && (
            <Select
              label={t("language")}
              value={language.value}
              options={languages.map((each) => [each, languageName(each)])}
              onChange={(next) => (language.value = next)}
            />
          )}
        </div>
        <Preview
          marked
          id={draft.saved.value.id}
          settings={draft.settings.value}
          language={language.value}
          size={size.value}
        />
      </div>
    </div>
  );
}
