import { chooseScheme, scheme, schemes } from "../device/colour-scheme.ts";
import type { Tongue } from "../i18n/languages.ts";
import { tongues } from "../i18n/languages.ts";
import { chooseTongue, t, tongue } from "../i18n/translate.ts";
import { Select } from "./select.tsx";

/** The reader's own: language and light. */
export function Preferences() {
  return (
    <div class="preferences">
      <Select
        label={t("language")}
        value={tongue.value}
        options={Object.entries(tongues)}
        onChange={(value) => chooseTongue(value as Tongue)}
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
