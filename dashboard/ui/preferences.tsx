import { schemes } from "../../shared/vocabulary.ts";
import { chooseScheme, scheme } from "../device/colour-scheme.ts";
import { currentLanguage } from "../i18n/current-language.ts";
import type { DashboardLanguage } from "../i18n/languages.ts";
import { dashboardLanguages } from "../i18n/languages.ts";
import { rememberLanguage, t } from "../i18n/translate.ts";
import { Select } from "./select.tsx";

/** What each reader chooses for this device: the language, and light or dark. */
export function Preferences() {
  return (
    <div class="preferences">
      <Select
        label={t("language")}
        value={currentLanguage.value}
        options={Object.entries(dashboardLanguages)}
        onChange={(value) => rememberLanguage(value as DashboardLanguage)}
      />
      <Select
        label={t("scheme")}
        value={scheme.value}
        options={schemes.map((each) => [each, t(`scheme_${each}`)])}
        onChange={(value) => chooseScheme(schemes.find((each) => each === value) ?? "auto")}
      />
    </div>
  );
}
