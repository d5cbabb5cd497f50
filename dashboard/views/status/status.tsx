import type { ComponentChildren } from "preact";
import type { JobStatus, Status } from "../../../shared/schema/status.ts";
import { jobNames } from "../../../shared/vocabulary.ts";
import { statusPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { formatBytes, formatInstant, formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { FiguresTable } from "../../ui/figures-table.tsx";
import { Refused, Waiting } from "../../ui/states.tsx";
import { TopBar } from "../../ui/top-bar.tsx";

/** How the collector is doing, for whoever runs it. */
export function StatusView() {
  const { value, refusal } = useReply<Status>(statusPath).value;
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="status">
        <h1>{t("status_title")}</h1>
        <p class="help">{t("status_lead")}</p>
        {refusal && <Refused refusal={refusal} again={() => location.reload()} />}
        {!refusal && !value && <Waiting />}
        {value && <Measures status={value} />}
        {value && <Jobs jobs={value.jobs} />}
      </main>
    </>
  );
}

function Measures({ status }: { status: Status }) {
  const { database_bytes, database_bytes_most, today, surveys, surveys_being_erased: erased, webhooks } = status;
  const n = formatNumber(today.rows_written_at_least);
  const most = today.rows_written_most;
  return (
    <dl>
      <Measure
        name={t("status_database")}
        used={database_bytes}
        most={database_bytes_most}
        words={t("status_of", { used: formatBytes(database_bytes), most: formatBytes(database_bytes_most) })}
      />
      <Measure
        name={t("status_rows")}
        used={today.rows_written_at_least}
        most={most}
        words={most === null ? t("status_rows_at_least", { n }) : t("status_rows_of", { n, most: formatNumber(most) })}
      >
        {today.limit_reached !== null && <p class="warning">{t("refused_plan")}</p>}
      </Measure>
      <Measure name={t("status_surveys")} words={formatNumber(surveys)}>
        {erased > 0 && <p class="help">{t("status_erasing", { n: erased })}</p>}
      </Measure>
      <Measure name={t("status_messages")} words={t("status_waiting", { n: webhooks.messages_waiting })}>
        {webhooks.oldest_waiting_since && (
          <p class="help">{t("status_oldest", { time: formatInstant(webhooks.oldest_waiting_since) })}</p>
        )}
        {webhooks.messages_dead > 0 && <p class="help">{t("status_dead", { n: webhooks.messages_dead })}</p>}
      </Measure>
      <Measure name={t("status_schema")} words={status.schema} />
    </dl>
  );
}

type MeasureProps = {
  name: string;
  words: string;
  used?: number;
  /** Null: there is no bound to compare with. */
  most?: number | null;
  children?: ComponentChildren;
};

function Measure({ name, words, used = 0, most = null, children }: MeasureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {words}
        {most !== null && <meter aria-label={name} value={used} max={most} high={0.8 * most} optimum={0} />}
        {children}
      </dd>
    </div>
  );
}

function Jobs({ jobs }: { jobs: readonly JobStatus[] }) {
  const columns = (["job", "ran", "took", "done", "outcome"] as const).map((name) => t(`status_${name}`));
  const rows = jobs.map((job) => [nameOf(job), formatInstant(job.ran_at), job.took_ms, job.done, outcomeOf(job)]);
  return (
    <section>
      <h2>{t("status_jobs")}</h2>
      {jobs.length === 0 ? (
        <p>{t("status_no_jobs")}</p>
      ) : (
        <FiguresTable title={t("status_jobs")} table={{ columns, rows }} />
      )}
    </section>
  );
}

/** What the job does, in words; its own name where the collector is newer than these words. */
function nameOf({ name }: JobStatus): string {
  const known = jobNames.find((each) => each === name);
  return known ? t(`job_${known}`) : name;
}

function outcomeOf({ failed, more }: JobStatus): string {
  if (failed !== null) return t("status_failed", { reason: failed });
  return more ? t("status_more") : t("status_finished");
}
