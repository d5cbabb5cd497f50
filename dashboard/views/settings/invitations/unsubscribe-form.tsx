import { useSignal } from "@preact/signals";
import { limits } from "../../../../shared/limits.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { unsubscribesPath } from "../../../data/api-paths.ts";
import { reachesAll } from "../../../data/session.ts";
import { faultOf, reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { keepWithin } from "../../../ui/keep-within.ts";

/** Unsubscribes a person who told the team so, and did not use the link in the mail. */
export function UnsubscribeForm({ survey, onAdded }: { survey: string; onAdded: () => void }) {
  const refusal = useSignal<Refusal | null>(null);
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const respondent = String(fields.get("respondent")).trim();
    const list = fields.get("list") === "all" ? null : survey;
    const reply = await call("POST", unsubscribesPath, { respondent, survey: list });
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    form.reset();
    onAdded();
  };
  const fault = refusal.value && (faultOf(refusal.value, "/respondent") ?? reasonOf(refusal.value));
  return (
    <form class="row find" onSubmit={add} noValidate>
      <Field label={t("unsubscribe_id")} help={t("unsubscribe_help")} fault={fault ?? undefined}>
        {(attributes) => (
          <input
            {...attributes}
            name="respondent"
            onInput={(event) => keepWithin(event.currentTarget, limits.respondentCharacters)}
            autocomplete="off"
            dir="auto"
          />
        )}
      </Field>
      {reachesAll() && (
        <Field label={t("unsubscribe_from")}>
          {(attributes) => (
            <select {...attributes} name="list">
              <option value="survey">{t("this_survey")}</option>
              <option value="all">{t("all_surveys")}</option>
            </select>
          )}
        </Field>
      )}
      <button type="submit">{t("unsubscribe_add")}</button>
    </form>
  );
}
