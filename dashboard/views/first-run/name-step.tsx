import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import type { TemplateName } from "../../../shared/templates/names.ts";
import { templateNames } from "../../../shared/templates/names.ts";
import { templateSettings } from "../../../shared/templates/templates.ts";
import { goTo } from "../../address/address.ts";
import { hrefTo } from "../../address/routes.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { surveysPath } from "../../data/api-paths.ts";
import { saveSurvey } from "../../data/save-survey.ts";
import { reachesAll } from "../../data/session.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { faultOf, reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { TextInput } from "../../ui/inputs.tsx";
import { Select } from "../../ui/select.tsx";
import { useFocusOnFault } from "../../ui/use-focus-on-fault.ts";

type Props = {
  /** Null until this step has made it. */
  survey: Survey | null;
  unsaved: Signal<Partial<SurveySettings>>;
};

/** The two things that nobody can guess: what to call the survey, and what the visitors call the business. */
export function NameStep({ survey, unsaved }: Props) {
  const template = useSignal<TemplateName | "">("");
  const { name = "", brand = "" } = { ...survey, ...unsaved.value };
  const names = { name, brand };
  const refusal = useSignal<Refusal | null>(null);
  const form = useFocusOnFault(refusal.value);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const reply = survey
      ? await saveSurvey(survey.id, names)
      : await call<Survey>("POST", surveysPath, {
          segments: ["channel", "device"],
          ...(template.value && templateSettings(template.value, currentLanguage.value)),
          ...names,
          timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        });
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    const { name, brand, ...others } = unsaved.peek();
    unsaved.value = others;
    goTo("firstRun", { survey: reply.value.id, step: "look" });
  };
  return (
    <form class="step" ref={form} onSubmit={submit} noValidate>
      <h1>{t("name_title")}</h1>
      {!survey && (
        <Select
          label={t("template")}
          help={t(template.value ? `template_${template.value}_help` : "template_help")}
          value={template.value}
          options={[["", t("template_none")], ...templateNames.map((each) => [each, t(`template_${each}`)] as const)]}
          onChange={(next) => (template.value = next as TemplateName | "")}
        />
      )}
      {(["name", "brand"] as const).map((field) => (
        <TextInput
          key={field}
          label={t(field)}
          help={t(`${field}_help`)}
          notes={{ fault: faultOf(refusal.value, `/${field}`) }}
          value={names[field]}
          most={limits.nameCharacters}
          onChange={(text) => (unsaved.value = { ...unsaved.value, [field]: text })}
        />
      ))}
      {refusal.value && refusal.value.errors.length === 0 && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      <button type="submit" class="main">
        {t("go_on")}
      </button>
      {!survey && reachesAll() && (
        <p>
          <a href={hrefTo("fromFile", {})}>{t("from_file")}</a>
        </p>
      )}
    </form>
  );
}
