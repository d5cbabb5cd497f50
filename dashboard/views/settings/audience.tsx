import { t } from "../../i18n/translate.ts";
import { Checks, LinesInput, NumberInput, TextInput } from "../../ui/inputs.tsx";
import type { Draft } from "./draft.ts";
import { TriggerFields } from "./trigger-fields.tsx";

/** Who is asked, where, when, and how often. */
export function Audience({ draft }: { draft: Draft }) {
  const { origins, targeting, sample, throttle, daily_limit, turnstile } = draft.settings.value;
  const aim = (changes: Partial<typeof targeting>) => draft.change({ targeting: { ...targeting, ...changes } });
  const hold = (changes: Partial<typeof throttle>) => draft.change({ throttle: { ...throttle, ...changes } });
  return (
    <>
      <TriggerFields draft={draft} />
      <div class="row">
        <NumberInput
          label={t("sample")}
          help={t("sample_help")}
          fault={draft.fault("/sample")}
          value={Math.round(sample * 1000) / 10}
          min={0}
          max={100}
          onChange={(percent) => draft.change({ sample: (percent ?? 100) / 100 })}
        />
        <NumberInput
          label={t("first_visit_delay")}
          help={t("first_visit_delay_help")}
          fault={draft.fault("/targeting/first_visit_delay_days")}
          value={targeting.first_visit_delay_days}
          min={0}
          onChange={(days) => aim({ first_visit_delay_days: days ?? 0 })}
        />
      </div>
      <div class="row">
        <NumberInput
          label={t("after_answer")}
          help={t("days_unit")}
          fault={draft.fault("/throttle/after_answer_days")}
          value={throttle.after_answer_days}
          min={0}
          onChange={(days) => hold({ after_answer_days: days ?? 0 })}
        />
        <NumberInput
          label={t("after_dismissal")}
          help={t("days_unit")}
          fault={draft.fault("/throttle/after_dismissal_days")}
          value={throttle.after_dismissal_days}
          min={0}
          onChange={(days) => hold({ after_dismissal_days: days ?? 0 })}
        />
      </div>
      <LinesInput
        label={t("include")}
        help={t("include_help")}
        fault={draft.fault("/targeting/include")}
        value={targeting.include}
        onChange={(include) => aim({ include })}
      />
      <LinesInput
        label={t("exclude")}
        help={t("exclude_help")}
        fault={draft.fault("/targeting/exclude")}
        value={targeting.exclude}
        onChange={(exclude) => aim({ exclude })}
      />
      <Checks
        legend={t("devices")}
        value={targeting.devices}
        options={(["phone", "tablet", "desktop"] as const).map((each) => [each, t(`device_${each}`)])}
        onChange={(devices) => aim({ devices })}
      />
      <LinesInput
        label={t("visitor_languages")}
        help={t("visitor_languages_help")}
        fault={draft.fault("/targeting/languages")}
        value={targeting.languages}
        onChange={(languages) => aim({ languages })}
      />
      <LinesInput
        label={t("origins")}
        help={t("origins_help")}
        fault={draft.fault("/origins")}
        value={origins}
        onChange={(origins) => draft.change({ origins })}
      />
      <NumberInput
        label={t("daily_limit")}
        help={t("daily_limit_help")}
        fault={draft.fault("/daily_limit")}
        value={daily_limit}
        min={1}
        onChange={(daily_limit) => draft.change({ daily_limit })}
      />
      <TextInput
        label={t("turnstile")}
        help={t("turnstile_help")}
        fault={draft.fault("/turnstile")}
        value={turnstile ?? ""}
        onChange={(key) => draft.change({ turnstile: key.trim() || null })}
      />
    </>
  );
}
