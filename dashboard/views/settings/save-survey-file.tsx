import type { Survey } from "../../../shared/schema/survey.ts";
import { archivePath } from "../../data/api-paths.ts";
import { fileName } from "../../files/file-name.ts";
import { t } from "../../i18n/translate.ts";
import { SaveFile } from "../../ui/save-file.tsx";

/** Saves everything that is stored of the survey as one file, of which a survey can be made here or on another collector. */
export function SaveSurveyFile({ survey }: { survey: Survey }) {
  return (
    <>
      <h3>{t("archive_title")}</h3>
      <p class="help">{t("archive_help")}</p>
      <SaveFile
        label={t("archive_save")}
        name={`${fileName("survey", survey.name, new Date().toISOString().slice(0, 10))}.ndjson`}
        counted="archive_rows"
        fetchContent={async (progress) =>
          (await import("../../data/fetch-archive.ts")).fetchArchive(archivePath(survey.id), progress)
        }
      />
    </>
  );
}
