import { useEffect, useMemo } from "preact/hooks";
import { UnreadableFile } from "../../../shared/imports/text.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import { t } from "../../i18n/translate.ts";
import { FileInput } from "../../ui/file-input.tsx";
import { Columns } from "./columns.tsx";
import { DropZone } from "./drop-zone.tsx";
import { Outcome } from "./outcome.tsx";
import { Preview } from "./preview.tsx";
import { reasonText } from "./reasons.ts";
import type { ImportWork } from "./work.ts";
import { importWork } from "./work.ts";

/** Answers of another product become part of the survey: the file is chosen, its columns confirmed, checked, and stored. */
export function Import({ survey }: { survey: Survey }) {
  const work = useMemo(() => importWork(survey.id), [survey.id]);
  useEffect(() => work.stop, [work]);
  const isBusy = work.isBusy.value;
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: Event) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isBusy]);
  const file = work.file.value;
  const plan = work.plan.value;
  const isDone = work.run.value?.ending.value?.how === "done";
  return (
    <div class="import">
      <h1>{t("import_title")}</h1>
      <p class="help">{t("import_lead")}</p>
      <DropZone isClosed={isBusy} onFile={work.choose}>
        <fieldset disabled={isBusy} class="field">
          <label for="import-file">{t("import_file")}</label>
          <FileInput
            id="import-file"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,text/plain,application/json,application/x-ndjson"
            also={t("import_drop")}
            name={file?.file.name ?? ""}
            onChange={work.choose}
          />
        </fieldset>
      </DropZone>
      <p class="help" role="status">
        {work.isOpening.value && t("import_opening")}
      </p>
      <FileFault fault={work.fault.value} />
      {file && plan && (
        <>
          {!isDone && (
            <>
              <fieldset disabled={isBusy}>
                <Columns work={work} file={file} plan={plan} />
              </fieldset>
              <Preview file={file} plan={plan} />
              <PlanFault work={work} />
            </>
          )}
          <Outcome survey={survey} work={work} />
        </>
      )}
    </div>
  );
}

function PlanFault({ work }: { work: ImportWork }) {
  const fault = work.planFault.value;
  return fault === null ? null : (
    <p class="fault" role="status">
      {reasonText(fault)}
    </p>
  );
}

function FileFault({ fault }: { fault: unknown }) {
  if (fault === null) return null;
  return (
    <p class="fault" role="alert">
      {fault === "archive" ? (
        <>
          {t("import_file_archive")} <a href={hrefTo("fromFile", {})}>{t("from_file")}</a>
        </>
      ) : fault === "empty" ? (
        t("import_file_empty")
      ) : fault instanceof UnreadableFile ? (
        reasonText(fault.message)
      ) : (
        t("sending_unreadable")
      )}
    </p>
  );
}
