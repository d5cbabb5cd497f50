import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Language } from "../../../shared/languages.ts";
import { t } from "../../i18n/translate.ts";
import { Choices } from "../../ui/choices.tsx";
import { Preview } from "../../ui/preview.tsx";
import type { Draft } from "./draft.ts";

type Props = {
  draft: Draft;
  /** The language in which the survey speaks, offered or not. */
  language: Language;
  marked?: boolean;
  /** What else is chosen for the preview. */
  children?: ComponentChildren;
};

/** The survey as it would be, beside the fields that change it, on a phone or on a larger screen. */
export function PreviewColumn({ draft, language, marked = false, children }: Props) {
  const size = useSignal<"phone" | "desktop">(innerWidth < 700 ? "phone" : "desktop");
  const { value: settings } = draft.settings;
  return (
    <div class="preview-column">
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
        {children}
      </div>
      <Preview
        marked={marked}
        id={draft.saved.value.id}
        settings={{ ...settings, languages: [language] }}
        language={language}
        size={size.value}
      />
    </div>
  );
}
