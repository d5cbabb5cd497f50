import { useSignal } from "@preact/signals";
import { payloadIn, pointersIn } from "../../../../shared/hooks/pointers-in.ts";
import { limits } from "../../../../shared/limits.ts";
import type { HookWithKey } from "../../../../shared/schema/hook.ts";
import { hookSignatures } from "../../../../shared/vocabulary.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { hooksPath } from "../../../data/api-paths.ts";
import { faultOf, reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { Fold } from "../../../ui/fold.tsx";
import { LinesInput, NumberInput, TextInput } from "../../../ui/inputs.tsx";
import { Select } from "../../../ui/select.tsx";
import type { HookForm } from "./hook-body.ts";
import { bodyOf, EMPTY } from "./hook-body.ts";
import { signatureName } from "./hook-words.ts";
import { PastedPayload } from "./pasted-payload.tsx";

type Props = { survey: string; onMade: (made: HookWithKey) => void };
type Texts = { [Name in keyof HookForm]: HookForm[Name] extends string ? Name : never }[keyof HookForm];

/** A form that makes a hook: pointers are chosen from a payload that the reader pastes. */
export function NewHook({ survey, onMade }: Props) {
  const form = useSignal<HookForm>(EMPTY);
  const pasted = useSignal("");
  const refusal = useSignal<Refusal | null>(null);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const reply = await call<HookWithKey>("POST", hooksPath(survey), bodyOf(form.value));
    refusal.value = reply.ok ? null : reply.refusal;
    if (reply.ok) onMade(reply.value);
  };
  const wrong = refusal.value;
  const change = (changed: Partial<HookForm>) => {
    form.value = { ...form.value, ...changed };
  };
  const found = pointersIn(payloadIn(pasted.value));
  const choices = found.map(({ pointer }) => pointer);
  const text = (name: Texts, label: string, pointer: string, help?: string) => (
    <TextInput
      label={label}
      help={help}
      value={form.value[name]}
      choices={choices}
      notes={{ fault: faultOf(wrong, pointer) }}
      onChange={(value) => change({ [name]: value })}
    />
  );
  const plain = (name: Texts, label: string, pointer: string) => (
    <Field label={label} fault={faultOf(wrong, pointer)}>
      {(attributes) => (
        <input
          {...attributes}
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          value={form.value[name]}
          onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
        />
      )}
    </Field>
  );
  const time = (name: "quietFrom" | "quietTo", label: string, pointer: string) => (
    <Field label={label} fault={faultOf(wrong, pointer)}>
      {(attributes) => (
        <input
          {...attributes}
          type="time"
          value={form.value[name]}
          onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
        />
      )}
    </Field>
  );
  const isWrong = (pattern: RegExp) => wrong?.errors.some(({ pointer }) => pattern.test(pointer)) === true;
  const shown = isWrong(/^\/(name|map|when|each|delay_minutes|quiet_hours|secret|signature|bitrix24)/);
  return (
    <form class="new-webhook" onSubmit={make} noValidate>
      <TextInput
        label={t("hook_name")}
        value={form.value.name}
        most={limits.nameCharacters}
        notes={{ fault: faultOf(wrong, "/name") }}
        onChange={(name) => change({ name })}
      />
      <PastedPayload value={pasted.value} found={found} onChange={(value) => (pasted.value = value)} />
      {text("event", t("hook_event"), "/map/event", t("hook_event_help"))}
      {text("respondent", t("hook_respondent"), "/map/respondent", t("hook_respondent_help"))}
      <div class="row">
        {text("whenPointer", t("hook_when"), "/when/pointer")}
        {plain("whenEquals", t("hook_equals"), "/when/equals")}
      </div>
      <LinesInput
        label={t("hook_properties")}
        help={t("hook_properties_help")}
        value={form.value.properties}
        notes={{ fault: faultOf(wrong, "/map/properties") }}
        onChange={(properties) => change({ properties })}
      />
      <Fold title={t("hook_when_sent")} isSet={false} isWrong={isWrong(/^\/(delay_minutes|quiet_hours)/)}>
        <p class="help">{t("hook_when_sent_help")}</p>
        <NumberInput
          label={t("hook_delay")}
          value={form.value.delay}
          min={0}
          max={limits.hookDelayMinutes}
          notes={{ fault: faultOf(wrong, "/delay_minutes") }}
          onChange={(delay) => change({ delay })}
        />
        <div class="row">
          {time("quietFrom", t("hook_quiet_from"), "/quiet_hours")}
          {time("quietTo", t("hook_quiet_to"), "/quiet_hours/to")}
        </div>
      </Fold>
      <Fold title={t("hook_more")} isSet={false} isWrong={isWrong(/^\/(map\/(email|language|time_zone)|each)/)}>
        {text("email", t("hook_email"), "/map/email")}
        {text("language", t("hook_language"), "/map/language")}
        {text("timeZone", t("hook_time_zone"), "/map/time_zone")}
        {text("each", t("hook_each"), "/each", t("hook_each_help"))}
      </Fold>
      <Fold title={t("hook_proof")} isSet={false} isWrong={isWrong(/^\/(secret|signature|bitrix24)/)}>
        <p class="help">{t("hook_proof_help")}</p>
        <Select
          label={t("hook_signature")}
          value={form.value.signature}
          options={["" as const, ...hookSignatures].map((each) => [each, signatureName(each)])}
          onChange={(signature) => change({ signature: signature as HookForm["signature"] })}
        />
        {form.value.signature !== "" && plain("secret", t("secret"), "/secret")}
        {plain("token", t("hook_bitrix_token"), "/bitrix24/application_token")}
        {plain("inbound", t("hook_bitrix_inbound"), "/bitrix24/inbound_url")}
        {plain("linkField", t("hook_bitrix_field"), "/bitrix24/link_field")}
      </Fold>
      {wrong && !shown && (
        <p class="fault" role="alert">
          {reasonOf(wrong)}
        </p>
      )}
      <button type="submit">{t("make_hook")}</button>
    </form>
  );
}
