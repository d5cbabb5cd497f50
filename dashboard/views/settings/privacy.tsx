import { limits } from "../../../shared/limits.ts";
import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { storageChoices } from "../../../shared/vocabulary.ts";
import { t } from "../../i18n/translate.ts";
import { Choices } from "../../ui/choices.tsx";
import { Check, NumberInput, TextInput } from "../../ui/inputs.tsx";
import { PersonSearch } from "../person/person-search.tsx";
import { DeleteSurvey } from "./delete-survey.tsx";
import type { Draft } from "./draft.ts";
import { SaveSurveyFile } from "./save-survey-file.tsx";

/** What the collector keeps and for how long, and the ways to save and to erase the survey or a person. */
export function Privacy({ draft }: { draft: Draft }) {
  const { retention_days, storage, anonymous, privacy_url, privacy_tick } = draft.settings.value;
  return (
    <>
      <NumberInput
        label={t("retention")}
        help={t("retention_help", { n: limits.retentionDaysLeast })}
        notes={draft.notes("/retention_days")}
        value={retention_days}
        min={limits.retentionDaysLeast}
        onChange={(retention_days) => draft.change({ retention_days })}
      />
      <Choices<SurveySettings["storage"]>
        legend={t("storage")}
        notes={draft.notes("/storage")}
        value={storage}
        options={storageChoices.map((each) => [each, t(`storage_${each}`)])}
        onChange={(storage) => draft.change({ storage })}
      />
      <Check
        label={t("anonymous")}
        notes={draft.notes("/anonymous")}
        help={t("anonymous_help")}
        value={anonymous}
        onChange={(anonymous) => draft.change({ anonymous })}
      />
      <TextInput
        label={t("privacy_url")}
        help={t("privacy_url_help")}
        notes={draft.notes("/privacy_url")}
        value={privacy_url ?? ""}
        placeholder="https://"
        onChange={(url) => draft.change({ privacy_url: url.trim() || null })}
      />
      <Check
        label={t("privacy_tick")}
        notes={draft.notes("/privacy_tick")}
        help={t("privacy_tick_help")}
        value={privacy_tick}
        onChange={(privacy_tick) => draft.change({ privacy_tick })}
      />
      <h3>{t("person")}</h3>
      <p class="help">{t("person_help")}</p>
      <PersonSearch />
      <SaveSurveyFile survey={draft.saved.value} />
      <DeleteSurvey survey={draft.saved.value} />
    </>
  );
}
