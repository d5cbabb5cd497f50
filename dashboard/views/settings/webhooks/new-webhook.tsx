import { useSignal } from "@preact/signals";
import { limits } from "../../../../shared/limits.ts";
import type { ScoreName } from "../../../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../../../shared/questions.ts";
import type { WebhookFilter, WebhookWithSecret } from "../../../../shared/schema/webhook.ts";
import type { WebhookEvent } from "../../../../shared/vocabulary.ts";
import { webhookEvents } from "../../../../shared/vocabulary.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { webhooksPath } from "../../../data/api-paths.ts";
import { faultOf, reasonOf } from "../../../i18n/error-messages.ts";
import { scoreName } from "../../../i18n/score-names.ts";
import { segmentName } from "../../../i18n/segment-names.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { Fold } from "../../../ui/fold.tsx";
import { Check, Checks, TextInput } from "../../../ui/inputs.tsx";
import { Select } from "../../../ui/select.tsx";
import { eventName } from "./webhook-words.ts";

/** What a webhook is told of where the reader does not say otherwise. */
const USUAL: readonly WebhookEvent[] = ["response.created", "comment.created"];

/** The conditions as the form holds them: "" and empty lists are no condition. */
type Conditions = {
  groups: Partial<Record<ScoreName, string[]>>;
  hasComment: boolean;
  segment: string;
  value: string;
};

const NONE: Conditions = { groups: {}, hasComment: false, segment: "", value: "" };

type Props = { survey: string; segments: readonly string[]; onMade: (made: WebhookWithSecret) => void };

/** An address, the events, and which responses: a form that makes a webhook. */
export function NewWebhook({ survey, segments, onMade }: Props) {
  const url = useSignal("");
  const events = useSignal<WebhookEvent[]>([...USUAL]);
  const conditions = useSignal<Conditions>(NONE);
  const refusal = useSignal<Refusal | null>(null);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = { url: url.value, events: events.value, filter: filterOf(conditions.value) };
    const reply = await call<WebhookWithSecret>("POST", webhooksPath(survey), body);
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    url.value = "";
    conditions.value = NONE;
    onMade(reply.value);
  };
  const wrong = refusal.value;
  const isOfField = wrong?.errors.some(({ pointer }) => /^\/(url|events)/.test(pointer));
  return (
    <form class="new-webhook" onSubmit={make} noValidate>
      <Field label={t("webhook_url")} help={t("webhook_url_help")} fault={faultOf(wrong, "/url")}>
        {(attributes) => (
          <input
            {...attributes}
            type="url"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://"
            maxLength={limits.webhookUrlCharacters}
            value={url.value}
            onInput={(event) => (url.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <Checks
        legend={t("webhook_events")}
        value={events.value}
        options={webhookEvents.map((each) => [each, eventName(each)])}
        notes={{ fault: faultOf(wrong, "/events") }}
        onChange={(next) => (events.value = next)}
      />
      <Fold title={t("webhook_only")} isSet={false} isWrong={wrong !== null && !isOfField}>
        <FilterFields segments={segments} value={conditions.value} onChange={(next) => (conditions.value = next)} />
      </Fold>
      {wrong && !isOfField && (
        <p class="fault" role="alert">
          {reasonOf(wrong)}
        </p>
      )}
      <button type="submit">{t("make_webhook")}</button>
    </form>
  );
}

function FilterFields({
  segments,
  value,
  onChange,
}: {
  segments: readonly string[];
  value: Conditions;
  onChange: (next: Conditions) => void;
}) {
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

function filterOf({ groups, hasComment, segment, value }: Conditions): WebhookFilter {
  const chosen = Object.entries(groups).filter(([, each]) => each.length > 0);
  return {
    ...Object.fromEntries(chosen.map(([name, each]) => [`${name}_group`, each])),
    ...(hasComment && { has_comment: true }),
    ...(segment !== "" && { segment: { [segment]: value } }),
  };
}
