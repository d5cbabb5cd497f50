import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { surveyDefaults } from "../../../shared/vocabulary.ts";
import { t } from "../../i18n/translate.ts";
import { NumberInput, TextInput } from "../../ui/inputs.tsx";
import { Select } from "../../ui/select.tsx";
import type { Draft } from "./draft.ts";

type Trigger = SurveySettings["trigger"];
type Kind = Trigger["type"];

const fresh: Record<Kind, Trigger> = {
  delay: surveyDefaults.trigger,
  scroll: { type: "scroll", percent: 50 },
  exit: { type: "exit" },
  idle: { type: "idle", seconds: 20 },
  event: { type: "event", name: "order_placed" },
  click: { type: "click", selector: "#feedback" },
  manual: { type: "manual" },
};

/** What makes the survey appear. */
export function TriggerFields({ draft }: { draft: Draft }) {
  const { trigger } = draft.settings.value;
  const fault = draft.fault("/trigger");
  return (
    <div class="row">
      <Select
        label={t("trigger")}
        value={trigger.type}
        options={(Object.keys(fresh) as Kind[]).map((each) => [each, t(`trigger_${each}`)])}
        onChange={(type) => draft.change({ trigger: fresh[type as Kind] })}
      />
      {"seconds" in trigger && (
        <NumberInput
          label={t("seconds")}
          fault={fault}
          value={trigger.seconds}
          min={0}
          onChange={(seconds) => draft.change({ trigger: { ...trigger, seconds: seconds ?? 0 } })}
        />
      )}
      {trigger.type === "scroll" && (
        <NumberInput
          label={t("percent")}
          fault={fault}
          value={trigger.percent}
          min={1}
          max={100}
          onChange={(percent) => draft.change({ trigger: { ...trigger, percent: percent ?? 50 } })}
        />
      )}
      {trigger.type === "event" && (
        <TextInput
          label={t("event_name")}
          fault={fault}
          value={trigger.name}
          onChange={(name) => draft.change({ trigger: { ...trigger, name } })}
        />
      )}
      {trigger.type === "click" && (
        <TextInput
          label={t("selector")}
          fault={fault}
          value={trigger.selector}
          onChange={(selector) => draft.change({ trigger: { ...trigger, selector } })}
        />
      )}
    </div>
  );
}
