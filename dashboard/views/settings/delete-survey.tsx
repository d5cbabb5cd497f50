import { useSignal } from "@preact/signals";
import type { Survey } from "../../../shared/schema/survey.ts";
import { goTo } from "../../address/address.ts";
import { call } from "../../data/api.ts";
import { surveyPath } from "../../data/api-paths.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";

/** Deletes the survey for good, and only after its name has been typed. */
export function DeleteSurvey({ survey }: { survey: Survey }) {
  const typed = useSignal("");
  const failed = useSignal(false);
  const same = typed.value.trim() === survey.name;
  const remove = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!same) return;
    const reply = await call("DELETE", surveyPath(survey.id));
    failed.value = !reply.ok;
    if (reply.ok) goTo("surveys", {});
  };
  return (
    <form class="danger" onSubmit={remove}>
      <h3>{t("delete_title")}</h3>
      <p>{t("delete_text")}</p>
      <Field label={t("delete_name", { name: survey.name })} fault={failed.value ? t("not_saved") : undefined}>
        {(attributes) => (
          <input
            {...attributes}
            autocomplete="off"
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit" disabled={!same}>
        {t("delete_survey")}
      </button>
    </form>
  );
}
