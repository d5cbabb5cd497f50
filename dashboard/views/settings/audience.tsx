import { devices, surveyDefaults } from "../../../shared/vocabulary.ts";
import { t } from "../../i18n/translate.ts";
import { Fold } from "../../ui/fold.tsx";
import { Checks, LinesInput, NumberInput, required, TextInput } from "../../ui/inputs.tsx";
import { readerLanguages } from "./choices.ts";
import type { Draft } from "./draft.ts";
import { TriggerFields } from "./trigger-fields.tsx";
import { TryAddress } from "./try-address.tsx";

/** Who is asked, where, when, and how often. */
export function Audience({ draft }: { draft: Draft }) {
  return (
    <>
      <TriggerFields draft={draft} />
      <SampleFields draft={draft} />
      <ThrottleFields draft={draft} />
      <TargetingFields draft={draft} />
      <ProtectionFields draft={draft} />
    </>
  );
}

/** How many of the visitors are asked, from which visit on, and after how many responses nobody is. */
function SampleFields({ draft }: { draft: Draft }) {
  const { sample, stop_after, targeting } = draft.settings.value;
  return (
    <div class="row">
      <NumberInput
        label={t("sample")}
        help={t("sample_help")}
        notes={draft.notes("/sample")}
        value={sample === null ? null : Math.round(sample * 1000) / 10}
        min={0}
        max={100}
        onChange={(percent) => draft.change({ sample: required(percent === null ? null : percent / 100) })}
      />
      <NumberInput
        label={t("first_visit_delay")}
        help={t("first_visit_delay_help")}
        notes={draft.notes("/targeting/first_visit_delay_days")}
        value={targeting.first_visit_delay_days}
        min={0}
        onChange={(days) => draft.change({ targeting: { ...targeting, first_visit_delay_days: required(days) } })}
      />
      <NumberInput
        label={t("stop_after")}
        help={t("stop_after_help")}
        notes={draft.notes("/stop_after")}
        value={stop_after}
        min={1}
        onChange={(stop_after) => draft.change({ stop_after })}
      />
    </div>
  );
}

/** How long a visitor is left alone after they answered or declined. */
function ThrottleFields({ draft }: { draft: Draft }) {
  const { throttle } = draft.settings.value;
  return (
    <div class="row">
      {(["after_answer", "after_dismissal"] as const).map((after) => (
        <NumberInput
          key={after}
          label={t(after)}
          help={t("days_unit")}
          notes={draft.notes(`/throttle/${after}_days`)}
          value={throttle[`${after}_days`]}
          min={0}
          onChange={(days) => draft.change({ throttle: { ...throttle, [`${after}_days`]: required(days) } })}
        />
      ))}
      <NumberInput
        label={t("any_survey")}
        help={t("any_survey_help")}
        notes={draft.notes("/throttle/any_survey_days")}
        value={throttle.any_survey_days}
        min={0}
        onChange={(days) => draft.change({ throttle: { ...throttle, any_survey_days: required(days) } })}
      />
    </div>
  );
}

/** On which pages and on which devices the survey appears, and to readers of which languages. */
function TargetingFields({ draft }: { draft: Draft }) {
  const { targeting } = draft.settings.value;
  const target = (changes: Partial<typeof targeting>) => draft.change({ targeting: { ...targeting, ...changes } });
  return (
    <>
      <LinesInput
        label={t("include")}
        help={t("include_help")}
        notes={draft.notes("/targeting/include")}
        value={targeting.include}
        onChange={(include) => target({ include })}
      />
      <LinesInput
        label={t("exclude")}
        help={t("exclude_help")}
        notes={draft.notes("/targeting/exclude")}
        value={targeting.exclude}
        onChange={(exclude) => target({ exclude })}
      />
      <TryAddress targeting={targeting} />
      <Checks
        legend={t("devices")}
        notes={draft.notes("/targeting/devices")}
        value={targeting.devices}
        options={devices.map((each) => [each, t(`device_${each}`)])}
        onChange={(devices) => target({ devices })}
      />
      <LinesInput
        label={t("visitor_languages")}
        help={t("visitor_languages_help")}
        notes={draft.notes("/targeting/languages")}
        value={targeting.languages}
        choices={readerLanguages()}
        onChange={(languages) => target({ languages })}
      />
      <LinesInput
        label={t("visitor_properties")}
        help={t("visitor_properties_help")}
        notes={draft.notes("/targeting/properties")}
        value={Object.entries(targeting.properties).map(([name, values]) => `${name}: ${values.join(", ")}`)}
        onChange={(lines) => target({ properties: propertiesOf(lines) })}
      />
    </>
  );
}

/** A property a line: its name, a colon, and the values with commas between. */
function propertiesOf(lines: readonly string[]): Record<string, string[]> {
  const properties = new Map<string, string[]>();
  for (const line of lines) {
    const [name = "", values = ""] = line.split(/:(.*)/s);
    const list = values.split(",").map((value) => value.trim());
    properties.set(name.trim(), [...(properties.get(name.trim()) ?? []), ...list.filter(Boolean)]);
  }
  return Object.fromEntries(properties);
}

/** What keeps answers out that no visitor of the owner's pages gave. */
function ProtectionFields({ draft }: { draft: Draft }) {
  const { origins, daily_limit, turnstile } = draft.settings.value;
  const isSet = origins.length > 0 || daily_limit !== surveyDefaults.daily_limit || turnstile !== null;
  const isWrong = ["/origins", "/daily_limit", "/turnstile"].some((pointer) => {
    const { fault, conflict } = draft.notes(pointer);
    return fault !== undefined || conflict !== undefined;
  });
  return (
    <Fold title={t("protection")} isSet={isSet} isWrong={isWrong}>
      <LinesInput
        label={t("origins")}
        help={t("origins_help")}
        notes={draft.notes("/origins")}
        value={origins}
        onChange={(origins) => draft.change({ origins })}
      />
      <NumberInput
        label={t("daily_limit")}
        help={t("daily_limit_help")}
        notes={draft.notes("/daily_limit")}
        value={daily_limit}
        min={1}
        onChange={(daily_limit) => draft.change({ daily_limit })}
      />
      <TextInput
        label={t("turnstile")}
        help={t("turnstile_help")}
        notes={draft.notes("/turnstile")}
        value={turnstile ?? ""}
        onChange={(key) => draft.change({ turnstile: key.trim() || null })}
      />
    </Fold>
  );
}
