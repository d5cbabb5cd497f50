import { useSignal } from "@preact/signals";
import { limits } from "../../../../shared/limits.ts";
import type { Survey } from "../../../../shared/schema/survey.ts";
import type { WebhookWithSecret } from "../../../../shared/schema/webhook.ts";
import type { MessageLanguage, WebhookFormat } from "../../../../shared/vocabulary.ts";
import { messageLanguages, webhookEvents } from "../../../../shared/vocabulary.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { webhooksPath } from "../../../data/api-paths.ts";
import { faultOf, reasonOf } from "../../../i18n/error-messages.ts";
import { languageName } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { Fold } from "../../../ui/fold.tsx";
import { Checks, TextInput } from "../../../ui/inputs.tsx";
import { Select } from "../../../ui/select.tsx";
import type { Chosen } from "./filter-fields.tsx";
import { FilterFields, filterOf } from "./filter-fields.tsx";
import { placeFormats, placeName, places, usualFor } from "./places.ts";
import { eventName, filterText } from "./webhook-words.ts";

type Props = { survey: Pick<Survey, "id" | "segments" | "questions">; onMade: (made: WebhookWithSecret) => void };

/** Where messages go, the events, and which responses: a form that makes a webhook. */
export function NewWebhook({ survey, onMade }: Props) {
  const format = useSignal<WebhookFormat>(placeFormats[0]!);
  const url = useSignal("");
  const chat = useSignal("");
  const language = useSignal<MessageLanguage | "">("");
  const chosen = useSignal<Chosen>(usualFor(format.value, survey.questions));
  const refusal = useSignal<Refusal | null>(null);
  const place = places[format.value];
  const { events, conditions } = chosen.value;
  const filter = filterOf(conditions);
  const goTo = (next: WebhookFormat) => {
    const isUntouched = JSON.stringify(chosen.value) === JSON.stringify(usualFor(format.value, survey.questions));
    if (isUntouched) chosen.value = usualFor(next, survey.questions);
    format.value = next;
    chat.value = "";
    refusal.value = null;
  };
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const forPeople = { language: language.value || null, ...(place.chat && { chat: chat.value.trim() || null }) };
    const pasted = url.value.trim();
    const settings = { url: place.addressOf?.(pasted) ?? pasted, events, filter, format: format.value };
    const body = { ...settings, ...(format.value !== "standard" && forPeople) };
    const reply = await call<WebhookWithSecret>("POST", webhooksPath(survey.id), body);
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    url.value = "";
    chosen.value = usualFor(format.value, survey.questions);
    onMade(reply.value);
  };
  const wrong = refusal.value;
  const isOfField = wrong?.errors.some(({ pointer }) => /^\/(url|events|chat|format)/.test(pointer));
  const isRefused = (pointer: string) => wrong?.errors.some((each) => each.pointer === pointer);
  const urlFault =
    isRefused("/url") && format.value !== "standard"
      ? t("rule_webhook_place", { example: place.address })
      : faultOf(wrong, "/url");
  return (
    <form class="new-webhook" onSubmit={make} noValidate>
      <Select
        label={t("webhook_place")}
        value={format.value}
        options={placeFormats.map((each) => [each, placeName(each)])}
        // The one reason for which a format of the list is refused.
        notes={{ fault: isRefused("/format") ? t("failure_no_mailer") : undefined }}
        onChange={(next) => goTo(next as WebhookFormat)}
      />
      <Field label={t("webhook_url")} help={t(place.help)} fault={urlFault}>
        {(attributes) => (
          <input
            {...attributes}
            type="url"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            placeholder={place.address}
            maxLength={limits.webhookUrlCharacters}
            value={url.value}
            onInput={(event) => (url.value = event.currentTarget.value)}
          />
        )}
      </Field>
      {place.chat && (
        <TextInput
          label={t(place.chat.label)}
          help={t(place.chat.help)}
          notes={{ fault: isRefused("/chat") ? t("rule_webhook_place", { example: place.chat.example }) : undefined }}
          value={chat.value}
          placeholder={place.chat.example}
          onChange={(next) => (chat.value = next)}
        />
      )}
      {format.value !== "standard" && (
        <Select
          label={t("webhook_language")}
          value={language.value}
          options={[
            ["", t("webhook_language_survey")],
            ...messageLanguages.map((each) => [each, languageName(each)] as const),
          ]}
          onChange={(next) => (language.value = next as MessageLanguage | "")}
        />
      )}
      <Checks
        legend={t("webhook_events")}
        value={events}
        options={webhookEvents.map((each) => [each, eventName(each)])}
        notes={{ fault: faultOf(wrong, "/events") }}
        onChange={(next) => (chosen.value = { events: next, conditions })}
      />
      <Fold
        title={Object.keys(filter).length === 0 ? t("webhook_only") : `${t("webhook_only")}: ${filterText(filter)}`}
        isSet={false}
        isWrong={wrong !== null && !isOfField}
      >
        <FilterFields
          segments={survey.segments}
          value={conditions}
          onChange={(next) => (chosen.value = { events, conditions: next })}
        />
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
