import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { surveyDefaults } from "../../../shared/vocabulary.ts";
import { t } from "../../i18n/translate.ts";
import { NumberInput, required, TextInput } from "../../ui/inputs.tsx";
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
  return (
    <div class="row">
      <Select
        label={t("trigger")}
        notes={{ conflict: draft.notes("/trigger").conflict }}
        value={trigger.type}
        options={(Object.keys(fresh) as Kind[]).map((each) => [each, t(`trigger_${each}`)])}
        onChange={(type) => draft.change({ trigger: fresh[type as Kind] })}
      />
      {"seconds" in trigger && (
        <NumberInput
          label={t("seconds")}
          notes={draft.notes("/trigger/seconds")}
          value={trigger.seconds}
          min={0}
          onChange={(seconds) => draft.change({ trigger: { ...trigger, seconds: required(seconds) } })}
        />
      )}
      {trigger.type === "scroll" && (
        <NumberInput
          label={t("percent")}
          notes={draft.notes("/trigger/percent")}
          value={trigger.percent}
          min={1}
          max={100}
          onChange={(percent) => draft.change({ trigger: { ...trigger, percent: required(percent) } })}
        />
      )}
      {trigger.type === "event" && (
        <TextInput
          label={t("event_name")}
          notes={draft.notes("/trigger/name")}
          value={trigger.name}
          onChange={(name) => draft.change({ trigger: { ...trigger, name } })}
        />
      )}
      {trigger.type === "click" && (
        <TextInput
          label={t("selector")}
          notes={draft.notes("/trigger/selector")}
          value={trigger.selector}
          onChange={(selector) => draft.change({ trigger: { ...trigger, selector } })}
        />
      )}
    </div>
  );
}
