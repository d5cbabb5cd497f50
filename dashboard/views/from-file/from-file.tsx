import { useEffect, useMemo } from "preact/hooks";
import type { Params } from "../../address/routes.ts";
import { hrefTo } from "../../address/routes.ts";
import type { Ending } from "../../data/send-parts.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { FileInput } from "../../ui/file-input.tsx";
import { SendingProgress } from "../../ui/sending-progress.tsx";
import { TopBar } from "../../ui/top-bar.tsx";
import type { Restoring } from "./restoring.ts";
import { isFinal, restoring } from "./restoring.ts";

/** Makes a survey of a file that holds a whole one. The address names the survey once it is begun, so that a reload can go on. */
export function SurveyFromFile({ params }: { params: Params }) {
  const work = useMemo(() => restoring(params.survey ?? null), []);
  useEffect(() => work.stop, []);
  const { survey, chosen, rows, isBusy, ending } = work;
  const archive = chosen.value !== null && typeof chosen.value === "object" ? chosen.value : null;
  const isDone = ending.value?.how === "done";
  const hasBegun = survey.value !== null;
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="from-file">
        <h1>{t("from_file_title")}</h1>
        <p class="help">{t("from_file_lead")}</p>
        {hasBegun && !isDone && !isBusy.value && !archive && <p class="note">{t("from_file_go_on")}</p>}
        {!isDone && !isBusy.value && (
          <div class="field">
            <label for="archive">{t("from_file_choose")}</label>
            <FileInput id="archive" accept=".ndjson,.jsonl,application/x-ndjson" onChange={work.choose} />
          </div>
        )}
        {typeof chosen.value === "string" && (
          <p class="fault" role="alert">
            {t(`from_file_${chosen.value}`)}
          </p>
        )}
        {archive && <p dir="auto">{t("from_file_found", { name: archive.head.settings.name, n: archive.rows })}</p>}
        {isBusy.value && archive && (
          <SendingProgress
            done={rows.value}
            of={archive.rows}
            text={t("sending_rows", { done: Math.min(rows.value, archive.rows), n: archive.rows })}
          />
        )}
        {ending.value && <HowItEnded ending={ending.value} work={work} />}
        {archive && !isDone && (isBusy.value || mayGoOn(ending.value)) && (
          // One button, so that the focus stays on it.
          <button type="button" class={isBusy.value ? "" : "main"} onClick={isBusy.value ? work.stop : work.goOn}>
            {t(isBusy.value ? "sending_stop" : hasBegun ? "sending_go_on" : "from_file_make")}
          </button>
        )}
      </main>
    </>
  );
}

/** The button that had it is gone. */
function takeFocus(link: HTMLElement | null): void {
  link?.focus();
}

function mayGoOn(ending: Ending | null): boolean {
  if (ending === null || ending.how === "stopped") return true;
  return ending.how === "refused" && !isFinal(ending.refusal);
}

function HowItEnded({ ending, work }: { ending: Ending; work: Restoring }) {
  const id = work.survey.value;
  if (ending.how === "done")
    return (
      <div class="note" role="status">
        <p>{t("from_file_done")}</p>
        <a class="button main" ref={takeFocus} href={hrefTo("overview", { survey: id ?? "" })}>
          {t("to_overview")}
        </a>
      </div>
    );
  if (ending.how === "stopped")
    return (
      <p class="note" role="status">
        {t("sending_stopped")}
      </p>
    );
  const isLost = ending.how === "lines" || (ending.how === "refused" && isFinal(ending.refusal));
  return (
    <>
      <p class="fault" role="alert">
        {reasonFor(ending)}
      </p>
      {ending.how === "lines" && <Detail of={ending} />}
      {isLost && id !== null && (
        <p>
          <button type="button" onClick={work.remove}>
            {t("from_file_remove")}
          </button>
        </p>
      )}
    </>
  );
}

function reasonFor(ending: Exclude<Ending, { how: "done" | "stopped" }>): string {
  if (ending.how === "unreadable") return t("sending_unreadable");
  if (ending.how === "lines")
    return t("from_file_line", { line: String(ending.part.first - 1 + (ending.reply.refused[0]?.line ?? 1)) });
  const { refusal } = ending;
  return refusal.code === "conflict" ? t("from_file_conflict") : reasonOf(refusal);
}

/** In the collector's own words, for whoever can mend the file. */
function Detail({ of: { reply } }: { of: Extract<Ending, { how: "lines" }> }) {
  return (
    <p class="help" lang="en">
      {reply.refused[0]?.detail}
    </p>
  );
}
