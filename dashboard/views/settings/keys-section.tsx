import { useSignal } from "@preact/signals";
import type { ApiKey, NewApiKey, Scope } from "../../../shared/schema/key.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { useWholeList } from "../../data/use-list.ts";
import { faultOf } from "../../i18n/error-messages.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Copyable } from "../../ui/copyable.tsx";
import { Field } from "../../ui/field.tsx";
import type { Draft } from "./draft.ts";
import { SigningKeys } from "./signing-keys.tsx";

const scopes: Scope[] = ["metrics", "comments", "write", "admin"];

/** Keys for colleagues and programs, each with as much as it needs. Made here for this survey only. */
export function Keys({ draft }: { draft: Draft }) {
  const { id } = draft.saved.value;
  const refetchKey = useSignal(0);
  const made = useSignal<NewApiKey | null>(null);
  const revoking = useSignal<ApiKey | null>(null);
  const refusal = useSignal<Refusal | null>(null);
  const { value } = useWholeList<ApiKey>("/v1/keys", refetchKey.value).value;
  const keys = value?.filter(({ survey }) => survey === null || survey === id) ?? [];
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const reply = await call<NewApiKey>("POST", "/v1/keys", {
      name: fields.get("name"),
      scope: fields.get("scope"),
      survey: id,
    });
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    made.value = reply.value;
    refetchKey.value++;
    form.reset();
  };
  const revoke = async (key: ApiKey) => {
    const reply = await call("DELETE", `/v1/keys/${key.id}`);
    if (!reply.ok) return reply.refusal;
    if (made.value?.id === key.id) made.value = null;
    refetchKey.value++;
    return null;
  };
  return (
    <>
      <form class="row" onSubmit={make} noValidate>
        <Field label={t("key_name")} fault={faultOf(refusal.value, "/name")}>
          {(attributes) => <input {...attributes} name="name" maxLength={120} />}
        </Field>
        <Field label={t("key_scope")}>
          {(attributes) => (
            <select {...attributes} name="scope">
              {scopes.map((scope) => (
                <option key={scope} value={scope}>
                  {t(`scope_${scope}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit">{t("make_key")}</button>
      </form>
      {made.value && (
        <div class="note" role="status">
          <p>{t("key_once")}</p>
          <Copyable key={made.value.id} label={t("new_key")} text={made.value.key} />
        </div>
      )}
      <ul class="keys">
        {keys.map((key) => (
          <li key={key.id}>
            <strong>{key.name}</strong>
            <span>{t(`scope_${key.scope}`)}</span>
            <span>{key.survey === null ? t("all_surveys") : t("this_survey")}</span>
            <time dateTime={key.created_at}>{formatInstant(key.created_at)}</time>
            <button type="button" onClick={() => (revoking.value = key)}>
              {t("revoke")}
              <span class="hidden">: {key.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {value && keys.length === 0 && <p class="help">{t("no_keys")}</p>}
      <SigningKeys survey={id} />
      {revoking.value && (
        <Confirm
          title={t("revoke_title", { name: revoking.value.name })}
          act={t("revoke")}
          onAct={() => revoke(revoking.value!)}
          onClose={() => (revoking.value = null)}
        >
          <p>{t("revoke_text")}</p>
        </Confirm>
      )}
    </>
  );
}
