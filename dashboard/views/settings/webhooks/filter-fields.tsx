/** Which responses a webhook is told of: the conditions, as a form holds them. */
import type { ScoreName } from "../../../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../../../shared/questions.ts";
import type { WebhookFilter } from "../../../../shared/schema/webhook.ts";
import type { WebhookEvent } from "../../../../shared/vocabulary.ts";
import { scoreName } from "../../../i18n/score-names.ts";
import { segmentName } from "../../../i18n/segment-names.ts";
import { t } from "../../../i18n/translate.ts";
import { Check, Checks, TextInput } from "../../../ui/inputs.tsx";
import { Select } from "../../../ui/select.tsx";

/** "" and empty lists are no condition. */
export type Conditions = {
  groups: Partial<Record<ScoreName, string[]>>;
  hasComment: boolean;
  segment: string;
  value: string;
};

/** What the form has chosen. */
export type Chosen = { events: WebhookEvent[]; conditions: Conditions };

export const NO_CONDITIONS: Conditions = { groups: {}, hasComment: false, segment: "", value: "" };

type Props = { segments: readonly string[]; value: Conditions; onChange: (next: Conditions) => void };

export function FilterFields({ segments, value, onChange }: Props) {
  const names = ["", ...segments];
  return (
    <>
      {scoreNames.map((name) => (
        <Checks
          key={name}
          legend={scoreName(name)}
          value={value.groups[name] ?? []}
          options={scoredQuestions[name].bands.map(({ group, share }) => [group as string, t(share)])}
          onChange={(groups) => onChange({ ...value, groups: { ...value.groups, [name]: groups } })}
        />
      ))}
      <Check
        label={t("webhook_with_comment")}
        value={value.hasComment}
        onChange={(hasComment) => onChange({ ...value, hasComment })}
      />
      {segments.length > 0 && (
        <div class="row">
          <Select
            label={t("webhook_segment")}
            value={value.segment}
            options={names.map((each) => [each, each === "" ? t("webhook_any_segment") : segmentName(each)])}
            onChange={(segment) => onChange({ ...value, segment })}
          />
          {value.segment !== "" && (
            <TextInput
              label={t("webhook_value")}
              value={value.value}
              onChange={(typed) => onChange({ ...value, value: typed })}
            />
          )}
        </div>
      )}
    </>
  );
}

export function filterOf({ groups, hasComment, segment, value }: Conditions): WebhookFilter {
  const chosen = Object.entries(groups).filter(([, each]) => each.length > 0);
  return {
    ...Object.fromEntries(chosen.map(([name, each]) => [`${name}_group`, each])),
    ...(hasComment && { has_comment: true }),
    ...(segment !== "" && { segment: { [segment]: value } }),
  };
}
