import { useSignal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { goTo } from "../../address/address.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { surveysPath } from "../../data/api-paths.ts";
import { faultOf, reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { useFocusOnFault } from "../../ui/use-focus-on-fault.ts";

/** The two things that nobody can guess: what to call the survey, and what the visitors call the business. */
export function NameStep() {
  const refusal = useSignal<Refusal | null>(null);
  const form = useFocusOnFault(refusal.value);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const reply = await call<Survey>("POST", surveysPath, {
      name: fields.get("name"),
      brand: fields.get("brand"),
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      segments: ["channel", "device"],
    });
    if (reply.ok) goTo("firstRun", { survey: reply.value.id, step: "look" });
    else refusal.value = reply.refusal;
  };
  return (
    <form class="step" ref={form} onSubmit={submit} noValidate>
      <h1>{t("name_title")}</h1>
      <Field label={t("name")} help={t("name_help")} fault={faultOf(refusal.value, "/name")}>
        {(attributes) => <input {...attributes} name="name" maxLength={limits.nameCharacters} />}
      </Field>
      <Field label={t("brand")} help={t("brand_help")} fault={faultOf(refusal.value, "/brand")}>
        {(attributes) => <input {...attributes} name="brand" maxLength={limits.nameCharacters} />}
      </Field>
      {refusal.value && refusal.value.errors.length === 0 && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      <button type="submit" class="main">
        {t("go_on")}
      </button>
    </form>
  );
}
